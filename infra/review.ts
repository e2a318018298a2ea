import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  createEngine,
  DEFAULT_POLICY,
  type Message,
  PolicyError,
  type ReviewPolicy,
  ruleIdsOf,
} from '../lib/moderation/index.ts';

const HELP = `Decides about messages as the review handler would, offline.

usage: npm run review -- [--policy FILE] < messages

Reads one message a line: plain text, or a JSON object
  {"content": "...", "attributes": {"key": "value"}, "role": "moderator"}
Prints one JSON object a line: result, code, ruleIds, content (after masking), attributes, findings.

  --policy FILE  JSON with the policy's fields; those left out have their defaults (docs/review.md)
  --help         this text
`;

/** A line is a JSON message when it is an object with a text as `content`; everything else is text itself. */
function readMessage(line: string): Message {
  const plain = { content: line, attributes: {}, sender: { userId: 'console', role: null } };
  if (!line.startsWith('{')) return plain;
  try {
    const { content, attributes = {}, role = null } = JSON.parse(line);
    const isMessage =
      typeof content === 'string' && Object.values(attributes).every((value) => typeof value === 'string');
    return isMessage
      ? { content, attributes, sender: { userId: 'console', role: typeof role === 'string' ? role : null } }
      : plain;
  } catch {
    return plain;
  }
}

function readPolicy(file: string | undefined): ReviewPolicy {
  return file === undefined
    ? DEFAULT_POLICY
    : { ...DEFAULT_POLICY, ...JSON.parse(readFileSync(file, 'utf8')) };
}

/** The decision about one line, as one line. */
function describe(decision: ReturnType<ReturnType<typeof createEngine>['review']>, content: string): string {
  if (decision.result === 'DENY') return JSON.stringify({ ...decision, content });
  const { result, masked, ...delivered } = decision;
  return JSON.stringify({
    result,
    code: null,
    ruleIds: ruleIdsOf(masked),
    ...delivered,
    findings: masked,
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { policy: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const engine = createEngine(readPolicy(values.policy));
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const message = readMessage(line);
    process.stdout.write(`${describe(engine.review(message), message.content)}\n`);
  }
}

try {
  await main();
} catch (error) {
  const problems =
    error instanceof PolicyError ? error.problems.map((problem) => JSON.stringify(problem)) : [];
  process.stderr.write(`${[error instanceof Error ? error.message : 'failed', ...problems].join('\n')}\n`);
  process.exitCode = 1;
}
