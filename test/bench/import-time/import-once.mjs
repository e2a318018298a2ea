// A process that imports one bundle, as a new instance of a function does, and writes how long that took to descriptor 3.
// Plain JavaScript: type stripping would be loaded before the bundle.
import 'node:async_hooks';
import 'node:http';
import 'node:module';
import 'node:net';
import 'node:os';
import 'node:path';
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import 'node:util';
import 'node:worker_threads';

// The imports above are the built-ins that Lambda has loaded before a function (aws-lambda-ric 4.0.2, index.mjs): they and what
// they load cost the function nothing.
const bundle = pathToFileURL(process.argv[2]).href;
const begun = performance.now();
const { handler } = await import(bundle);
const milliseconds = performance.now() - begun;
if (typeof handler !== 'function') throw new TypeError(`${bundle} exports no handler`);
writeSync(3, String(milliseconds));
process.exit(0);
