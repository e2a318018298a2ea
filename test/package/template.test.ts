import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import type { Template } from '../../infra/guard/template.ts';
import { ofType } from '../../infra/guard/template.ts';
import { EXISTING, templateFile } from './support/packaged.ts';
import { readFunctions } from './support/template.ts';
import { filesInZip } from './support/zip.ts';

const packages = inject('packages');
const templateOf = (folder: string) => JSON.parse(readFileSync(templateFile(folder), 'utf8')) as Template;

describe('the packaged template', () => {
  it('allows the origin that a stage states', () => {
    const [api] = ofType(templateOf(packages.prod), 'AWS::ApiGatewayV2::Api');

    expect(api?.properties.CorsConfiguration).toMatchObject({ AllowOrigins: ['https://chat.example.com'] });
  });

  it('hands an existing user pool and room to the functions that need them', () => {
    const environments = readFunctions(templateFile(packages.existing)).map(({ name, environment }) => [
      name,
      environment,
    ]);
    const given = {
      USER_POOL_ID: EXISTING.userPoolId,
      USER_POOL_CLIENT_ID: EXISTING.userPoolClientId,
      REGISTERED_ROOMS: EXISTING.roomId,
    };

    expect(Object.fromEntries(environments)).toMatchObject({ tokens: given, moderation: given });
  });

  it('has no alias, no authorizer and no JWT route unless they are asked for', () => {
    const { Resources } = templateOf(packages.prod);

    expect(Object.values(Resources).map(({ Type }) => Type)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Alias|Version|Authorizer/)]),
    );
    expect(JSON.stringify(Resources)).not.toContain('JWT');
  });

  it('keeps instances of the review handler started behind an alias where that is asked for', () => {
    const [alias] = ofType(templateOf(packages.everything), 'AWS::Lambda::Alias');
    const [room] = ofType(templateOf(packages.everything), 'AWS::IVSChat::Room');

    expect(alias?.properties.ProvisionedConcurrencyConfig).toEqual({ ProvisionedConcurrentExecutions: 2 });
    expect(room?.properties.MessageReviewHandler).toMatchObject({ Uri: { Ref: alias?.id } });
  });

  it('falls back as the review handler does where failing open is asked for', () => {
    const [room] = ofType(templateOf(packages['open and bare']), 'AWS::IVSChat::Room');

    expect(room?.properties.MessageReviewHandler).toMatchObject({ FallbackResult: 'ALLOW' });
  });
});

describe('the zip of a function', () => {
  it.each(readFunctions(templateFile(packages.existing)).map(({ name }) => name))(
    '%s holds its own bundle only',
    (name) => {
      const files = filesInZip(readFileSync(join(packages.existing, `${name}.zip`)));

      expect(files).toContain(`dist/${name}/index.mjs`);
      expect(files.filter((file) => !file.startsWith(`dist/${name}/`) || file.endsWith('.map'))).toEqual([]);
    },
  );
});
