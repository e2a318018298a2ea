import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Stack, startStack } from './stack.ts';
import { describe } from './stack-table.ts';

const USAGE = `npm start -- [options]
  --port-base N           first of the stack's ports (default 4600; 0 = any free ones)
  --data DIR              keeps the state in DIR over restarts (default: in memory)
  --allowed-origin O      origin that browsers may call the API from (default http://localhost:5173)
  --accept-any-signature  IVS Chat takes requests with any or no AWS signature (default: verified)
  --stack-file FILE       where the addresses are written as JSON (default .local/stack.json)
  --verbose               one line for each request to a stand-in`;

const DEFAULT_STACK_FILE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.local', 'stack.json');

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'port-base': { type: 'string', default: '4600' },
        data: { type: 'string' },
        'allowed-origin': { type: 'string' },
        'accept-any-signature': { type: 'boolean', default: false },
        'stack-file': { type: 'string', default: DEFAULT_STACK_FILE },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (!/^\d{1,5}$/.test(values['port-base'])) throw new TypeError('--port-base takes a port number');
    return values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

function start(options: ReturnType<typeof readOptions>): Promise<Stack> {
  return startStack({
    portBase: Number(options['port-base']),
    dataDir: options.data === undefined ? null : resolve(options.data),
    ...(options['allowed-origin'] ? { allowedOrigin: options['allowed-origin'] } : {}),
    ...(options['accept-any-signature'] ? { ivsChatKnobs: { signatures: 'accept-any' } } : {}),
    functions: 'watch',
    log: (line) => options.verbose && console.log(line),
    onFunctionLog: (name, line) => console.log(`[${name}] ${line}`),
  });
}

/** The stack file belongs to the stack that wrote it last: another one may run by now. */
async function removeOwn(stackFile: string, content: string): Promise<void> {
  const current = await readFile(stackFile, 'utf8').catch(() => null);
  if (current === content) await rm(stackFile, { force: true });
}

// Read before anything is started: npm may be gone by the time the stack runs.
const parent = process.ppid;
const options = readOptions();
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const stackFile = resolve(options['stack-file']);
let stack: Stack | undefined;
let content = '';
let ending = false;

/** Ends the stack on a signal or when npm, our parent, is gone: no port stays taken. */
async function end(signal?: NodeJS.Signals): Promise<void> {
  if (ending) return;
  ending = true;
  // Not started yet: everything ends with the process, and nobody takes it for a normal end.
  if (!stack) process.exit(128 + constants.signals[signal ?? 'SIGTERM']);
  try {
    await stack.close();
    await removeOwn(stackFile, content);
    process.exit(0);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
setInterval(() => process.ppid !== parent && end(), 500).unref();

try {
  stack = await start(options);
  content = `${JSON.stringify(stack.description, null, 2)}\n`;
  await mkdir(dirname(stackFile), { recursive: true });
  await writeFile(stackFile, content, { mode: 0o600 });
  const shown = relative(process.cwd(), stackFile);
  console.log(describe(stack.description, shown, options['accept-any-signature']));
  console.log(`roomkeeper ready ${stack.description.apiUrl}`);
} catch (error) {
  console.error(`Roomkeeper did not start: ${(error as Error).message}`);
  process.exit(1);
}
