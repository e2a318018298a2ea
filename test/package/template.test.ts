import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PARAMETERS = {
  userPoolId: 'eu-west-1_Abc123456',
  userPoolClientId: '1example2client3id4abcde',
  registeredRooms: 'AbCdEf123456',
};

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

const package_ = (parameters: Record<string, string>) =>
  spawnSync(
    process.execPath,
    ['infra/package.ts', ...Object.entries(parameters).map(([key, value]) => `--param=${key}=${value}`)],
    // Without a home and without credentials, as on a machine that has never seen AWS.
    { cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS } },
  );

let resources: Resource[];

beforeAll(() => {
  const { status, stderr, stdout } = package_(PARAMETERS);
  expect(status, stdout + stderr).toBe(0);
  const template = readFileSync(join(root, '.serverless/cloudformation-template-update-stack.json'), 'utf8');
  resources = Object.values((JSON.parse(template) as { Resources: Record<string, Resource> }).Resources);
});

const ofType = (type: string) => resources.filter((resource) => resource.Type === type);

/** Names in a zip's central directory (APPNOTE, section 4.3.12). */
function filesInZip(zip: Buffer): string[] {
  const names: string[] = [];
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}

describe('the packaged template', () => {
  it('has every route of serverless.yml and no other', () => {
    const { functions } = parse(readFileSync(join(root, 'serverless.yml'), 'utf8'), {
      logLevel: 'error',
    }) as {
      functions: Record<string, { events?: { httpApi: { method: string; path: string } }[] }>;
    };
    const declared = Object.values(functions)
      .flatMap(({ events = [] }) => events)
      .map(({ httpApi: { method, path } }) => `${method} ${path}`);

    const packaged = ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);

    expect(packaged.sort()).toEqual(declared.sort());
  });

  it('runs every function on Node 24 and arm64, with a time-out shorter than its caller waits', () => {
    const functions = ofType('AWS::Lambda::Function').map(({ Properties }) => Properties);

    expect(functions).toHaveLength(4);
    for (const { Runtime, Architectures, Timeout, Handler } of functions) {
      expect({ Handler, Runtime, Architectures }).toEqual({
        Handler,
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
      });
      expect(Timeout).toBeLessThanOrEqual(Handler === 'dist/review-message/index.handler' ? 1 : 10);
    }
  });

  it('allows only the stated origin, and never with credentials', () => {
    const [api] = ofType('AWS::ApiGatewayV2::Api');

    expect(api?.Properties.CorsConfiguration).toMatchObject({ AllowOrigins: ['http://localhost:5173'] });
    expect(api?.Properties.CorsConfiguration).not.toMatchObject({ AllowCredentials: true });
  });
});

describe('the zip of a function', () => {
  it.each(['tokens', 'moderation', 'review-message', 'health'])('%s holds its own bundle only', (name) => {
    const files = filesInZip(readFileSync(join(root, `.serverless/${name}.zip`)));

    expect(files).toContain(`dist/${name}/index.mjs`);
    expect(files.filter((file) => !file.startsWith(`dist/${name}/`) || file.endsWith('.map'))).toEqual([]);
  });
});

describe('packaging without a required parameter', () => {
  it('is refused by the name of the parameter’s use', () => {
    const { userPoolId: _, ...rest } = PARAMETERS;
    const { status, stdout, stderr } = package_(rest);

    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('USER_POOL_ID');
  });
});
