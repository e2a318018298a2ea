import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Packaging asks AWS nothing; osls only wants to see that credentials exist. */
const NO_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'unused',
  AWS_SECRET_ACCESS_KEY: 'unused',
  AWS_EC2_METADATA_DISABLED: 'true',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
};

/**
 * Bundles the functions and writes the CloudFormation template and one zip a function to .serverless/.
 * Needs no AWS account and no network. Arguments go to osls, for example `--param=userPoolId=eu-west-1_Abc123456`.
 */
await build();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/osls/bin/serverless.js'), 'package', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    // osls is plain JavaScript: the flags for our TypeScript are not for it.
    env: { ...process.env, NODE_OPTIONS: '', ...NO_CREDENTIALS },
  },
);
process.exit(status ?? 1);
