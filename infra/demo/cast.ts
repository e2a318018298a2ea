import type { SeededUser, StackDescription } from '../local/stack-description.ts';
import { signIn } from './api.ts';
import { check } from './check.ts';
import { createPerson, type Person } from './person.ts';

/** Who plays, and where. */
export interface Cast {
  readonly stack: StackDescription;
  readonly roomId: string;
  readonly roomName: string;
  readonly admin: Person;
  readonly moderator: Person;
  readonly viewer: Person;
  readonly everybody: readonly Person[];
}

/** Signs the first person of each role in. @throws StoryError when one is missing or refused. */
export async function gatherCast(stack: StackDescription): Promise<Cast> {
  const [room] = stack.rooms;
  check(room !== undefined, 'The stack has no room.');
  const enter = async (role: SeededUser['role']) => {
    const user = stack.users.find((candidate) => candidate.role === role);
    check(user !== undefined, `The stack has nobody with the role ${role}.`);
    return createPerson(stack, user, await signIn(stack, user), room.id);
  };
  const [admin, moderator, viewer] = await Promise.all([enter('admin'), enter('moderator'), enter('viewer')]);
  const everybody = [admin, moderator, viewer];
  return { stack, roomId: room.id, roomName: room.name, admin, moderator, viewer, everybody };
}
