import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** A tiny project with our bootstrap: its one dependency lies beside it, so that installing needs no network. */
let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'roomkeeper-bootstrap-'));
  await mkdir(join(project, 'infra'));
  await mkdir(join(project, 'tool'));
  for (const file of ['bootstrap.mjs', 'lock-file.mjs']) {
    await cp(join(root, 'infra', file), join(project, 'infra', file));
  }
  await writeFile(join(project, 'infra/build.ts'), 'console.log("ran on", process.execPath as string);');
  await setDependencyVersion('1.0.0');
});
afterEach(() => rm(project, { recursive: true }));

/** Writes the project's manifests as they are after somebody has changed a dependency's version. */
async function setDependencyVersion(version: string): Promise<void> {
  const manifest = { name: 'project', version: '1.0.0', dependencies: { tool: 'file:tool' } };
  const packages = {
    '': manifest,
    'node_modules/tool': { resolved: 'tool', link: true },
    tool: { name: 'tool', version },
  };
  const write = (file: string, content: unknown) => writeFile(join(project, file), JSON.stringify(content));
  await write('package.json', manifest);
  await write('tool/package.json', { name: 'tool', version });
  await write('package-lock.json', {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages,
  });
}

function bootstrap(args: string[], nodeArgs: string[] = []) {
  const { npm_execpath: _, ...env } = process.env;
  return spawnSync(process.execPath, [...nodeArgs, join(project, 'infra/bootstrap.mjs'), ...args], {
    encoding: 'utf8',
    env,
  });
}

/** Puts a program where the Node of the lock file would be. */
async function packageNode(script: string): Promise<void> {
  const folder = join(project, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'node'), script);
  await chmod(join(folder, 'node'), 0o755);
}

const INSTALLING = 'Installing dependencies';

describe('the bootstrap', () => {
  it('installs what is missing, then runs the task', () => {
    const { status, stdout, stderr } = bootstrap(['build']);

    expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: `ran on ${process.execPath}` });
    expect(stderr).toContain(INSTALLING);
  });

  it('installs nothing when node_modules is what the lock file says', () => {
    bootstrap(['build']);

    expect(bootstrap(['build']).stderr).not.toContain(INSTALLING);
  });

  it('installs again when the lock file has changed', async () => {
    bootstrap(['build']);
    await setDependencyVersion('2.0.0');

    expect(bootstrap(['build']).stderr).toContain(INSTALLING);
    expect(bootstrap(['build']).stderr).not.toContain(INSTALLING);
  });

  it('installs once when two commands come at the same time', async () => {
    const { npm_execpath: _, ...env } = process.env;
    const both = await Promise.all(
      [1, 2].map(async () => {
        const child = spawn(process.execPath, [join(project, 'infra/bootstrap.mjs'), 'build'], { env });
        const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
        return { stderr, code };
      }),
    );

    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.filter(({ stderr }) => stderr.includes(INSTALLING))).toHaveLength(1);
    expect(existsSync(join(project, '.installing'))).toBe(false);
  });

  it('takes no notice of a lock whose process is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(join(project, '.installing'), String(pid));

    expect(bootstrap(['build']).status).toBe(0);
  });

  it('installs again when npm’s record cannot be read', async () => {
    bootstrap(['build']);
    await writeFile(join(project, 'node_modules/.package-lock.json'), '{"packages":');

    const { status, stderr } = bootstrap(['build']);

    expect({ status, installed: stderr.includes(INSTALLING) }).toEqual({ status: 0, installed: true });
  });

  it('runs on the Node of the lock file where there is one', async () => {
    bootstrap(['build']);
    await packageNode('#!/bin/sh\necho "packaged node $*"');

    expect(bootstrap(['build', '--flag']).stdout).toBe('packaged node infra/build.ts --flag\n');
  });

  it('refuses a system on which the packaged Node does not start', async () => {
    bootstrap(['build']);
    await packageNode('#!/no/such/loader');

    const { status, stderr } = bootstrap(['build']);

    expect(status).toBe(1);
    expect(stderr).toContain('built for glibc');
  });

  it('needs Node 22.15 where there is no packaged one, and says so', async () => {
    bootstrap(['build']);
    const pretend = join(project, 'pretend.cjs');
    await writeFile(
      pretend,
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.14.0' } });",
    );

    const { status, stderr } = bootstrap(['build'], ['--require', pretend]);

    expect(status).toBe(1);
    expect(stderr).toContain('Node 22.15 or newer. This is Node 22.14.0');
  });

  it('passes the task’s exit code on', async () => {
    await writeFile(join(project, 'infra/build.ts'), 'process.exit(3 as number);');

    expect(bootstrap(['build']).status).toBe(3);
  });

  it('names the tasks when it is given another', () => {
    const { status, stderr } = bootstrap(['biuld']);

    expect(status).toBe(1);
    expect(stderr).toContain('Unknown task "biuld". Tasks: start, test,');
  });
});
