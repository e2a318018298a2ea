import { expect } from 'vitest';

/** Handler files that cannot be loaded, and what their callers are told. */
export const UNLOADABLE: readonly (readonly [name: string, source: string | null, failure: object])[] = [
  [
    'missing-file',
    null,
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Error: Cannot find module 'index'\nRequire stack:\n- /var/runtime/index.mjs",
    },
  ],
  [
    'missing-dependency',
    "import 'no-such-package'; export const handler = async () => 1;",
    {
      errorType: 'Error',
      errorMessage: expect.stringMatching(/^Cannot find package 'no-such-package'/),
    },
  ],
  [
    'missing-commonjs-dependency',
    "import { createRequire } from 'node:module'; createRequire(import.meta.url)('no-such-package');",
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringContaining("Cannot find module 'no-such-package'"),
    },
  ],
  [
    'syntax-error',
    'export const handler = async () => {',
    {
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: expect.stringMatching(/^SyntaxError: /),
    },
  ],
  [
    'not-exported',
    'export const other = async () => 1;',
    {
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'dist/not-exported/index.handler is undefined or not exported',
    },
  ],
  [
    'no-function',
    'export const handler = 1;',
    {
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'dist/no-function/index.handler is not a function',
    },
  ],
  [
    'callback-handler',
    'export const handler = (event, context, callback) => callback(null, 1);',
    {
      errorType: 'Runtime.CallbackHandlerDeprecated',
      errorMessage: expect.stringContaining('callback-based function handlers'),
    },
  ],
  [
    'throws-at-load',
    "throw new TypeError('at load');",
    {
      errorType: 'TypeError',
      errorMessage: 'at load',
      trace: expect.arrayContaining(['TypeError: at load']),
    },
  ],
  [
    'rejects-at-load',
    "await Promise.reject(new Error('at load')); export const handler = async () => 1;",
    { errorType: 'Error', errorMessage: 'at load' },
  ],
  [
    'exits-at-load',
    'process.exit(7);',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(
        /^RequestId: [\w-]{36} Error: Runtime exited with error: exit status 7$/,
      ),
    },
  ],
  ['never-loads', 'await new Promise(() => {});', { errorType: 'Runtime.NodeJsExit' }],
  [
    'loads-for-ever',
    'for (;;);',
    {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
    },
  ],
];
