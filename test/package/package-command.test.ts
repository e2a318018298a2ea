import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runPackage } from './support/packaged.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'roomkeeper-package-command-'));
afterAll(() => rmSync(scratch, { recursive: true }));

// One after the other, and in this file alone: osls collects zips in one folder of the repository.
const packaging = (...args: string[]) => runPackage('--package', join(scratch, 'out'), ...args);

describe('npm run package', () => {
  it.each([
    [
      'a parameter that is not there',
      '--param=userPool=eu-west-1_Abc123456',
      'userPool: there is no such parameter',
    ],
    ['an origin with a wildcard', '--param=allowedOrigin=https://*.example.com', 'allowedOrigin: must be'],
    ['an onFailure that is no word of ours', '--param=onFailure=maybe', 'onFailure: must be deny or allow'],
    ['a room that is no id', '--param=roomId=lobby', 'roomId: must be'],
    ['a session that is too long', '--param=sessionMinutes=181', 'sessionMinutes: must be'],
    [
      'a switch that is neither on nor off',
      '--param=gatewayAuthorizer=On',
      'gatewayAuthorizer: must be on or off',
    ],
    ['a concurrency that is no number', '--param=reviewConcurrency=many', 'reviewConcurrency: must be'],
    ['an avatar host with a scheme', '--param=avatarHosts=https://img.example.com', 'avatarHosts: must be'],
    ['a region without IVS Chat', '--region=eu-west-2', 'eu-west-2: IVS Chat is in'],
    ['a stage that states no origin', '--stage=staging', 'allowedOrigin: stage staging has no default'],
  ])('refuses %s before it builds anything', (_what, argument, sentence) => {
    expect(packaging(argument)).toEqual({ status: 2, output: expect.stringContaining(sentence) });
  });

  it('refuses an origin without TLS where people are', () => {
    const { status, output } = packaging(
      '--stage',
      'prod',
      '--param',
      'allowedOrigin=http://chat.example.com',
    );

    expect({ status, output }).toEqual({
      status: 2,
      output: expect.stringContaining('https for stage prod'),
    });
  });

  it('says what it takes, and packages nothing', () => {
    const { status, output } = packaging('--help');

    expect(status).toBe(0);
    expect(output).toContain('--param=NAME=VALUE');
    expect(existsSync(join(scratch, 'out'))).toBe(false);
  });

  it.each([
    [
      'a user pool without its client',
      ['--param=userPoolId=eu-west-1_Abc123456'],
      'existing-pool-with-its-client',
    ],
    ['a log retention that CloudWatch does not know', ['--param=chatLogRetentionDays=29'], 'RetentionInDays'],
  ])('refuses %s, and names it', (_what, args, named) => {
    const { status, output } = packaging(...args);

    expect(status).toBe(1);
    expect(output).toContain(named);
  });
});

describe('npm run package in a folder that it has packaged into before', () => {
  it('says nothing of the older template when it has made none', () => {
    expect(packaging().output).toContain('nothing found');
    // osls tells its version, and ends well without packaging.
    const { status, output } = packaging('--version');

    expect(status).toBe(1);
    expect(output).toContain('Nothing was packaged');
    expect(output).not.toContain('nothing found');
  });
});

const canCutOff = spawnSync('unshare', ['--net', 'true']).status === 0;
const title = canCutOff
  ? 'without any network'
  : 'SKIPPED: this machine cannot take the network away (unshare --net)';

describe.skipIf(!canCutOff)(title, () => {
  it.each([
    ['dev', []],
    ['prod', []],
  ])('npm run package works for %s', (stage, args) => {
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      [
        '--net',
        process.execPath,
        'infra/package.ts',
        '--package',
        join(scratch, stage),
        '--stage',
        stage,
        ...args,
      ],
      {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS },
      },
    );

    expect(status, stdout + stderr).toBe(0);
    // Prod has a placeholder, which is not to be deployed without a word.
    expect(stdout.includes('NOTE: allowedOrigin is the placeholder')).toBe(stage === 'prod');
  });
});
