import {
  CreateRoomCommand,
  IvschatClient,
  ListRoomsCommand,
  UpdateRoomCommand,
} from '@aws-sdk/client-ivschat';
import type { Cognito } from './cognito/index.ts';
import type { Credentials } from './credentials.ts';
import type { SeededUser, StackDescription } from './stack-description.ts';

/** A person to sign in as. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly role: SeededUser['role'];
}

/** The three people of `npm start`. Passwords are for this machine's throw-away user pool only. */
export const PEOPLE: readonly Person[] = [
  { username: 'ada', password: 'Ada-keeps-rooms-1', role: 'admin' },
  { username: 'mo', password: 'Mo-keeps-peace-1', role: 'moderator' },
  { username: 'vi', password: 'Vi-likes-to-chat-1', role: 'viewer' },
];

/** Cognito groups by role; the names are a fixed part of Roomkeeper's contract (README, "Roles"). */
const GROUPS = { admin: ['chat-admins'], moderator: ['chat-moderators'], viewer: [] } as const;

const ROOM_NAME = 'lobby';

/** Creates people in the user pool. Those who exist already (`--data`) keep their user id. */
export async function seedPeople(cognito: Cognito, people: readonly Person[]): Promise<SeededUser[]> {
  const seeded: SeededUser[] = [];
  for (const { username, password, role } of people) {
    const { userId } = await cognito.seedUser({ username, password, groups: [...GROUPS[role]] });
    seeded.push({ username, password, role, userId });
  }
  return seeded;
}

/** Creates the room with its review handler through the control plane, or finds it again after a restart. */
export async function seedRoom(input: {
  endpoint: string;
  region: string;
  credentials: Credentials;
  reviewHandlerUri: string;
}): Promise<StackDescription['rooms'][number]> {
  const client = new IvschatClient({
    endpoint: input.endpoint,
    region: input.region,
    // A copy: the client notes in the object where it came from.
    credentials: { ...input.credentials },
  });
  const messageReviewHandler = { uri: input.reviewHandlerUri, fallbackResult: 'DENY' } as const;
  const { rooms } = await client.send(new ListRoomsCommand({ name: ROOM_NAME }));
  const existing = rooms?.[0];
  const room = existing?.arn
    ? await client.send(new UpdateRoomCommand({ identifier: existing.arn, messageReviewHandler }))
    : await client.send(new CreateRoomCommand({ name: ROOM_NAME, messageReviewHandler }));
  client.destroy();
  if (!room.arn || !room.id) throw new Error('the IVS Chat stand-in returned a room without arn or id');
  return { id: room.id, arn: room.arn, name: ROOM_NAME };
}
