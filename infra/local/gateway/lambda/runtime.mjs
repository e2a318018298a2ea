// The inside of a function instance: what AWS's Node runtime does around a handler, in a worker thread of its own.
// Plain JavaScript with built-ins only: every cold start loads this file, and type stripping would slow each of them.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';

/** Order in which AWS's runtime looks for the handler's file. */
const EXTENSIONS = ['.js', '.mjs', '.cjs'];
const UNSETTLED = {
  errorType: 'Runtime.NodeJsExit',
  errorMessage:
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled.',
  trace: [],
};
const CALLBACK_HANDLER =
  'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.';
const realNow = Date.now;

const post = (message) => parentPort.postMessage(message);
const runtimeError = (name, message) => Object.assign(new Error(message), { name });

/** The document that a caller of the function gets for an error (AWS's Node runtime interface client). */
function describe(error) {
  if (!types.isNativeError(error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = String(error.stack ?? '').split('\n');
  return { errorType: error.name, errorMessage: error.message, trace };
}

/** Handlers see the local stack's time: `new Date()`, `Date()` and `Date.now()`. */
function shareClock(offset) {
  const view = new BigInt64Array(offset);
  const RealDate = Date;
  const now = () => realNow() + Number(Atomics.load(view, 0));
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  });
  RealDate.prototype.constructor = globalThis.Date;
}

/** Lines are posted at once, so that those before an endless loop are not lost with the thread. */
function captureOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, callback) => {
      post({ type: 'output', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
}

async function loadHandler(root, handler) {
  const stem = basename(handler);
  const [module, ...exported] = stem.split('.');
  const path = join(root, dirname(handler), module);
  const file = EXTENSIONS.map((extension) => path + extension).find((candidate) => existsSync(candidate));
  if (!file) {
    const message = `Error: Cannot find module '${module}'\nRequire stack:\n- /var/runtime/index.mjs`;
    throw runtimeError('Runtime.ImportModuleError', message);
  }
  const namespace = await import(pathToFileURL(file).href).catch((error) => {
    // Of CommonJS only, as AWS's runtime interface client has it: an ES module's missing import is a plain Error.
    if (error?.code === 'MODULE_NOT_FOUND') {
      throw runtimeError('Runtime.ImportModuleError', String(error));
    }
    throw error instanceof SyntaxError ? runtimeError('Runtime.UserCodeSyntaxError', String(error)) : error;
  });
  const found = exported.reduce((holder, name) => holder?.[name], namespace);
  if (found === undefined || found === null) {
    throw runtimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  if (found.length >= 3) throw runtimeError('Runtime.CallbackHandlerDeprecated', CALLBACK_HANDLER);
  return found;
}

function stringify(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw runtimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

async function handle(handler, { payload, context, deadline }) {
  // Without this, waiting for the next event would hide that a handler's promise can no longer settle.
  parentPort.unref();
  try {
    const getRemainingTimeInMillis = () => Math.max(0, deadline - realNow());
    const body = stringify(await handler(JSON.parse(payload), { ...context, getRemainingTimeInMillis }));
    post({ type: 'result', body });
  } catch (error) {
    post({ type: 'failure', error: describe(error) });
  }
  parentPort.ref();
}

function endOnFatalErrors() {
  const end = (error, exitCode) => {
    post({ type: 'fatal', error });
    process.exit(exitCode);
  };
  process.on('unhandledRejection', (reason) => {
    const trace = types.isNativeError(reason) ? String(reason.stack ?? '').split('\n') : [];
    end({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: String(reason), trace }, 128);
  });
  process.on('uncaughtException', (error) => end(describe(error), 129));
  process.on('beforeExit', () => end(UNSETTLED, 13));
}

function start({ clockOffset, root, handler: handlerName }) {
  shareClock(clockOffset);
  captureOutput();
  endOnFatalErrors();
  loadHandler(root, handlerName).then(
    (handler) => {
      parentPort.on('message', (event) => handle(handler, event));
      post({ type: 'ready' });
    },
    (error) => {
      post({ type: 'fatal', error: describe(error) });
      process.exit(1);
    },
  );
}

start(workerData);
