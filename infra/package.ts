import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { checkTemplate } from './guard/check-template.ts';
import { PARAMETERS, packagingNotes, packagingProblems } from './package-parameters.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const USAGE = `npm run package -- [options]
  --stage NAME         dev (default), prod or a name of yours
  --region NAME        default eu-west-1
  --param=NAME=VALUE   ${Object.keys(PARAMETERS).join(', ')}
                       (docs/template.md says what they mean); dev and local have an allowedOrigin, prod a placeholder,
                       any other stage has to be given one
  --package DIR        where template and zips are written, default .serverless`;

/** Packaging asks AWS nothing; osls only wants to see that credentials exist. */
const NO_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'unused',
  AWS_SECRET_ACCESS_KEY: 'unused',
  AWS_EC2_METADATA_DISABLED: 'true',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
};

/**
 * Bundles the functions, writes the CloudFormation template and one zip a function, and checks the template: a package that
 * breaks a rule is not one to deploy. Needs no AWS account and no network.
 *
 * @param args options as in USAGE; osls gets them all.
 * @returns the exit code: 0, 1 for a package that failed or broke a rule, 2 for arguments that cannot be meant.
 */
async function packageService(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(USAGE);
    return 0;
  }
  const problems = packagingProblems(args);
  if (problems.length > 0) {
    console.error(`Nothing was packaged.\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    return 2;
  }
  const template = join(folderOf(args), 'cloudformation-template-update-stack.json');
  // An older one must not be taken for what is packaged now.
  rmSync(template, { force: true });
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
  if (status !== 0) return 1;
  if (!existsSync(template)) {
    console.error(`Nothing was packaged: osls has written no ${template}.`);
    return 1;
  }
  for (const note of packagingNotes(args)) console.log(`NOTE: ${note}`);
  return reportOn(template);
}

function folderOf(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: { package: { type: 'string', short: 'p', default: '.serverless' } },
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
