import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Cast, gatherCast } from './cast.ts';
import { sentenceOf } from './check.ts';
import { type FoundStack, findStack } from './find-stack.ts';
import { STORY } from './story.ts';

const USAGE = `npm run demo -- [--stack FILE]
  --stack FILE  addresses of a running stack, as npm start writes them (default .local/stack.json);
                without one that answers, a stack is started for the story and ended after it`;

const DEFAULT_STACK_FILE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.local', 'stack.json');

function readOptions(): { stack: string } {
  try {
    const { values } = parseArgs({
      options: { stack: { type: 'string', default: DEFAULT_STACK_FILE }, help: { type: 'boolean' } },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return { stack: resolve(values.stack) };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** Plays the story and tells it. @throws StoryError at the first step that goes wrong. */
async function tell({ description, isOwn }: FoundStack): Promise<void> {
  console.log(`Roomkeeper, a story in ${STORY.length + 1} steps`);
  console.log(isOwn ? 'On a stack of its own, ended afterwards.' : `On the stack at ${description.apiUrl}.`);
  const cast = await gatherCast(description);
  const { admin, moderator, viewer } = cast;
  console.log('\n1. Three people sign in.');
  console.log(`   ${admin.name} is an admin, ${moderator.name} a moderator, ${viewer.name} a viewer.`);
  console.log(`   The room is "${cast.roomName}".`);
  try {
    await playSteps(cast);
  } finally {
    for (const { room } of cast.everybody) room.disconnect();
  }
  console.log('\nThe end: everything went as it has to.');
}

async function playSteps(cast: Cast): Promise<void> {
  for (const [index, { title, play }] of STORY.entries()) {
    console.log(`\n${index + 2}. ${title}`);
    for (const line of await play(cast)) console.log(`   ${line}`);
  }
}

/** @returns the exit code: 0 when every step went as it has to. */
async function main(): Promise<number> {
  const options = readOptions();
  let stack: FoundStack | undefined;
  try {
    stack = await findStack(options.stack);
    await tell(stack);
    return 0;
  } catch (error) {
    console.error(`\nThe story went wrong. ${sentenceOf(error)}`);
    return 1;
  } finally {
    await stack?.close();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
// Timers of the SDK's next connection would keep the process for the length of a session.
process.exit(await main());
