// Runs a task of package.json on the Node that the lock file brings, after installing what is missing.
//
// Plain JavaScript for Node 20 with built-ins only: it runs before anything is installed, on whatever Node the system has.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock } from './lock-file.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Oldest Node that runs all of Roomkeeper: osls needs 22.13, module.registerHooks in the tests of the package 22.15. */
const MINIMUM = [22, 15];
/** Oldest Node that this file and npm run on. */
const MINIMUM_FOR_BOOTSTRAP = [20, 0];

/** Package that holds this platform's Node, where there is one. */
const PACKAGED_NODE = `node_modules/node-${process.platform}-${process.arch}`;
/** Holds the id of the process that installs. */
const INSTALLING = join(root, '.installing');

const VITEST = 'node_modules/vitest/vitest.mjs';

/** Task → commands that run one after the other; arguments of the task go to the last one. */
const TASKS = {
  start: [['infra/local/start.ts']],
  test: [
    [VITEST, 'run', '--project=unit', '--project=properties', '--project=contract', '--project=functions'],
  ],
  'test:package': [[VITEST, 'run', '--project=package']],
  'test:cli': [[VITEST, 'run', '--project=cli']],
  'test:browser': [[VITEST, 'run', '--project=browser']],
  check: [['infra/check.ts']],
  build: [['infra/build.ts']],
  package: [['infra/package.ts']],
  demo: [['infra/demo/main.ts']],
  review: [['infra/review.ts']],
  bench: [['test/bench/main.ts']],
};

/** @returns the path of the Node to run on; ends the process with a sentence when there is none. */
function chooseNode() {
  const packaged = join(root, PACKAGED_NODE, 'bin', 'node');
  if (existsSync(packaged)) {
    const probe = spawnSync(packaged, ['--version'], { encoding: 'utf8' });
    if (probe.status === 0) return packaged;
    refuse(
      `The Node that package-lock.json brings does not start on this system (${probe.error?.code ?? `exit ${probe.status}`}). ` +
        'It is built for glibc; systems with musl, such as Alpine, cannot run it. Use a glibc-based system.',
    );
  }
  if (isAtLeast(MINIMUM)) return process.execPath;
  refuse(
    `There is no packaged Node for ${process.platform}-${process.arch}, so the system's is used, and Roomkeeper needs ` +
      `Node ${MINIMUM.join('.')} or newer. This is Node ${process.versions.node}: install a newer one and run the command again.`,
  );
}

function isAtLeast([major, minor]) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  return haveMajor > major || (haveMajor === major && haveMinor >= minor);
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Whether node_modules holds exactly what package-lock.json asks for (npm's own record against the lock). */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = packagesIn(record);
  if (wanted[PACKAGED_NODE] && !existsSync(join(root, PACKAGED_NODE, 'bin', 'node'))) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (!found) return entry.optional === true && !isOurPlatform(entry);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** npm's record of what it has installed. One that cannot be read, after a crash or on a full disk, counts as empty. */
function packagesIn(record) {
  try {
    return JSON.parse(readFileSync(record, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** Whether an optional package is one that this platform needs, such as its Node or its esbuild binary. */
function isOurPlatform({ os, cpu, libc }) {
  return Boolean(!libc && os?.includes(process.platform) && cpu?.includes(process.arch));
}

/**
 * Installs unless another command has done so by the time it is our turn: two installations at once delete each other's files.
 */
async function installInTurn() {
  let lock = takeLock(INSTALLING);
  if ('holder' in lock) console.error('Another command is installing dependencies; waiting for it …');
  while ('holder' in lock) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    lock = takeLock(INSTALLING);
  }
  if (!isInstalled()) await install();
  lock.release();
}

async function install() {
  console.error('Installing dependencies (npm ci) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, ...rest] = npm ? [process.execPath, npm, ...args] : ['npm', ...args];
  const code = await run(command, rest, process.env);
  if (code !== 0) refuse(`npm ci failed (exit ${code}). Its messages are above; nothing was started.`);
}

/** Runs a command to its end with our standard streams. Signals go to it, and it ends when our parent does. */
function run(command, args, env, stdio = ['inherit', 2, 'inherit']) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const parent = process.ppid;
    const orphaned = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
    const end = (code) => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(127);
    });
    // As a shell tells of a signal: 128 and its number.
    child.on('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

async function main([task, ...args]) {
  if (!isAtLeast(MINIMUM_FOR_BOOTSTRAP)) {
    refuse(
      `Roomkeeper needs Node ${MINIMUM_FOR_BOOTSTRAP[0]} or newer to install itself; this is ${process.versions.node}.`,
    );
  }
  const commands = Object.hasOwn(TASKS, task) ? TASKS[task] : undefined;
  if (!commands) refuse(`Unknown task "${task ?? ''}". Tasks: ${Object.keys(TASKS).join(', ')}.`);
  if (!isInstalled()) await installInTurn();
  const node = chooseNode();
  const env = {
    ...process.env,
    PATH: `${dirname(node)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
    // Node before 22.18 runs TypeScript only when asked to; newer ones accept the flag.
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ''} --experimental-strip-types --disable-warning=ExperimentalWarning`.trim(),
  };
  for (const [index, command] of commands.entries()) {
    const last = index === commands.length - 1;
    const code = await run(node, [...command, ...(last ? args : [])], env, 'inherit');
    if (code !== 0) process.exit(code);
  }
}

await main(process.argv.slice(2));
