import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { checkTemplate } from './guard/check-template.ts';
import { parameterProblems } from './package-parameters.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Packaging asks AWS nothing; osls only wants to see that credentials exist. */
const NO_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'unused',
  AWS_SECRET_ACCESS_KEY: 'unused',
  AWS_EC2_METADATA_DISABLED: 'true',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
};

/** Where osls writes to, unless `--package` says otherwise. */
const DEFAULT_FOLDER = '.serverless';

/**
 * Bundles the functions, writes the CloudFormation template and one zip a function to .serverless/, and checks the
 * template: a package that breaks a rule is not one to deploy. Needs no AWS account and no network.
 *
 * Arguments go to osls, for example `--stage prod --param=allowedOrigin=https://chat.example.com`.
 */
async function packageService(args: readonly string[]): Promise<number> {
  const problems = parameterProblems(args);
  if (problems.length > 0) {
    console.error(`Nothing was packaged.\n${problems.map((problem) => `  --param ${problem}`).join('\n')}`);
    return 2;
  }
  await build();
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/osls/bin/serverless.js'), 'package', ...args],
    {
      cwd: root,
      stdio: 'inherit',
      // osls is plain JavaScript: the flags for our TypeScript are not for it.
      env: { ...process.env, NODE_OPTIONS: '', ...NO_CREDENTIALS },
    },
  );
  return status === 0 ? reportOn(join(folderOf(args), 'cloudformation-template-update-stack.json')) : 1;
}

function folderOf(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: { package: { type: 'string', short: 'p', default: DEFAULT_FOLDER } },
    strict: false,
  });
  return resolve(root, String(values.package));
}

function reportOn(template: string): number {
  const findings = checkTemplate(template);
  for (const { rule, about, problem } of findings) console.error(`${rule}: ${about}: ${problem}`);
  const verdict = findings.length === 0 ? 'nothing found' : `${findings.length} found; do not deploy it`;
  console.log(`Checked ${template}: ${verdict}`);
  return findings.length === 0 ? 0 : 1;
}

process.exit(await packageService(process.argv.slice(2)));
