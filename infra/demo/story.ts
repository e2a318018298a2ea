import { type ChatMessage, DeleteMessageRequest } from 'amazon-ivs-chat-messaging';
import { parseDenial } from '../../lib/client/index.ts';
import { callApi } from './api.ts';
import type { Cast } from './cast.ts';
import { check, inTime, refusalOf } from './check.ts';
import type { Person } from './person.ts';

/** One step: what happens, and what came of it. @throws StoryError when it is not what has to come of it. */
export interface Step {
  readonly title: string;
  /** @returns the lines that tell the outcome. */
  play(cast: Cast): Promise<readonly string[]>;
}

const HELLO = 'Hello, everybody!';
const WITH_LINK = 'Free coins at https://coins.example/win';
const WARNING = 'No links in here, please.';
const ROUGH = 'That was a bullshit call, referee.';

/** The story, in order. Each step stands on the ones before it. */
export const STORY: readonly Step[] = [
  { title: 'Everybody asks the API for a chat token and enters the room.', play: enterRoom },
  { title: 'The viewer says hello.', play: sayHello },
  { title: 'The viewer posts a link, which the room does not allow.', play: postLink },
  { title: 'The viewer swears a little.', play: swear },
  { title: 'The viewer tries to delete a message, over the socket and over the API.', play: overreach },
  { title: 'The moderator deletes the hello through the API.', play: deleteHello },
  { title: 'The moderator disconnects the viewer through the API.', play: disconnectViewer },
];

async function enterRoom({ everybody }: Cast): Promise<string[]> {
  const minutes = await Promise.all(everybody.map((person) => person.connect()));
  return everybody.map(({ name }, index) => `${name} is in, for a session of ${minutes[index]} minutes.`);
}

async function sayHello({ viewer, everybody }: Cast): Promise<string[]> {
  const message = await viewer.say(HELLO);
  await allSee(everybody, message.id, HELLO);
  return [`${viewer.name}: ${HELLO}`, `${namesOf(everybody)} all see it.`];
}

async function postLink({ viewer, moderator, everybody }: Cast): Promise<string[]> {
  const refusal = await refusalOf(viewer.say(WITH_LINK));
  check(refusal !== undefined, 'The link was delivered, but review was to deny it.');
  const denial = parseDenial(refusal);
  check(
    denial?.code === 'link',
    `The link was to be denied with the reason "link"; what came is ${refusal.errorCode} ${refusal.errorMessage}.`,
  );
  const warning = await moderator.say(WARNING);
  await allSee(everybody, warning.id, WARNING);
  // Everybody has what was sent after the link by now, so the link itself is not on its way either.
  const reader = everybody.find(({ messages }) => messages.seen.some(({ content }) => content === WITH_LINK));
  check(reader === undefined, `${reader?.name} was shown the denied link.`);
  return [
    `${viewer.name}: ${WITH_LINK}`,
    `Denied for ${viewer.name} alone to know: ${refusal.errorCode}, reason "${denial.code}". Nobody sees the link.`,
    `${moderator.name}: ${WARNING}`,
  ];
}

async function swear({ viewer, everybody }: Cast): Promise<string[]> {
  const message = await viewer.say(ROUGH);
  const shown = message.content;
  check(shown !== ROUGH && shown.includes('*'), 'The swear word was delivered, but review was to mask it.');
  await allSee(everybody, message.id, shown);
  return [`${viewer.name} wrote a swear word; everybody, ${viewer.name} included, reads:`, shown];
}

async function overreach(cast: Cast): Promise<string[]> {
  const { viewer } = cast;
  const { id } = await helloOf(cast);
  const refusal = await inTime(
    refusalOf(viewer.room.deleteMessage(new DeleteMessageRequest(id))),
    'Nobody answered when the viewer tried to delete a message over the socket',
  );
  check(
    refusal?.errorCode === 403,
    `A viewer's delete over the socket was to be refused with 403; what came is ${refusal?.errorCode ?? 'a deletion'}.`,
  );
  const { status, code } = await callApi(cast.stack, viewer.accessToken, deleteRoute(cast, id));
  check(status === 403, `A viewer's delete over the API was to be refused with 403, not ${status}.`);
  return [
    `Refused over the socket: ${refusal.errorCode}, the token lacks the capability.`,
    `Refused over the API: ${status}, ${code}.`,
  ];
}

async function deleteHello(cast: Cast): Promise<string[]> {
  const { moderator, everybody } = cast;
  const { id } = await helloOf(cast);
  const { status, code } = await callApi(cast.stack, moderator.accessToken, deleteRoute(cast, id), {
    publicReason: 'off-topic',
  });
  check(status >= 200 && status < 300, `The moderator's delete was answered with ${status} ${code ?? ''}.`);
  const deletions = everybody.map(({ name, deletions }) =>
    inTime(
      deletions.saw(({ messageId }) => messageId === id),
      `${name} was not told of the deletion`,
    ),
  );
  const [deletion] = await Promise.all(deletions);
  check(
    deletion?.reason === 'off-topic',
    `The room was told the reason "${deletion?.reason}", not "off-topic".`,
  );
  return [`${namesOf(everybody)} are told to remove it, reason "${deletion.reason}".`];
}

async function disconnectViewer(cast: Cast): Promise<string[]> {
  const { admin, moderator, viewer } = cast;
  const path = `/rooms/${cast.roomId}/users/${viewer.userId}/disconnect`;
  const { status, code } = await callApi(cast.stack, moderator.accessToken, ['POST', path], {
    publicReason: 'spam',
  });
  check(
    status >= 200 && status < 300,
    `The moderator's disconnect was answered with ${status} ${code ?? ''}.`,
  );
  const reason = await inTime(
    viewer.ends.saw(() => true),
    'The viewer is still connected',
  );
  check(reason === 'serverDisconnect', `The viewer's connection ended with ${reason}, not serverDisconnect.`);
  const told = [admin, moderator].map(({ name, disconnections }) =>
    inTime(
      disconnections.saw(({ userId }) => userId === viewer.userId),
      `${name} was not told of the disconnection`,
    ),
  );
  await Promise.all(told);
  for (const { name, room } of [admin, moderator])
    check(room.state === 'connected', `${name} lost the connection too.`);
  return [
    `${viewer.name}'s connection is closed; ${admin.name} and ${moderator.name} stay and are told of it.`,
  ];
}

const deleteRoute = ({ roomId }: Cast, messageId: string) =>
  ['DELETE', `/rooms/${roomId}/messages/${messageId}`] as const;

const namesOf = (people: readonly Person[]) => people.map(({ name }) => name).join(', ');

const helloOf = ({ viewer }: Cast): Promise<ChatMessage> =>
  inTime(
    viewer.messages.saw(({ content, sender }) => content === HELLO && sender.userId === viewer.userId),
    'The hello is gone',
  );

async function allSee(people: readonly Person[], id: string, content: string): Promise<void> {
  for (const { name, messages } of people) {
    const message = await inTime(
      messages.saw((seen) => seen.id === id),
      `${name} did not see the message`,
    );
    check(message.content === content, `${name} was shown another text than the sender.`);
  }
}
