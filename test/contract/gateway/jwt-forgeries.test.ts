import { type CryptoKey, exportSPKI, importJWK, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Issuer, type Key, makeKey, signToken, startIssuer } from './issuer.ts';
import { type GuardedGateway, jwtOf, startGuarded } from './start-guarded.ts';

const UNAUTHORIZED = { status: 401, body: '{"message":"Unauthorized"}' };

let issuer: Issuer;
let key: Key;
let stranger: Key;
let guarded: GuardedGateway;
beforeAll(async () => {
  issuer = await startIssuer();
  [key, stranger] = await Promise.all([makeKey('one'), makeKey('one')]);
});
beforeEach(async () => {
  issuer.publish({ keys: [key.jwk] });
  guarded = await startGuarded(issuer);
});
afterEach(() => guarded.close());
afterAll(() => issuer.close());

type Changes = Record<string, unknown>;
const sign = (changes: Changes = {}, header: Changes = {}, by = key) =>
  signToken(issuer, by, guarded.clock.now(), changes, header);
const seconds = () => Math.floor(guarded.clock.now() / 1000);
const publicBytes = async () =>
  new TextEncoder().encode(await exportSPKI((await importJWK(key.jwk)) as CryptoKey));

describe('a JWT authorizer refuses', () => {
  const claimed: [string, () => Changes][] = [
    ['another issuer', () => ({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other' })],
    ['an issuer with a slash more', () => ({ iss: issuerOf('/') })],
    ['a list of issuers', () => ({ iss: [issuerOf()] })],
    ['no issuer', () => ({ iss: undefined })],
    ['another client', () => ({ client_id: 'other' })],
    ['no client', () => ({ client_id: undefined })],
    ['a list of clients', () => ({ client_id: [issuer.clientId] })],
    ['another audience, whatever the client', () => ({ aud: 'other' })],
    ['an ID token of another client', () => ({ token_use: 'id', aud: 'other', client_id: undefined })],
    ['an empty list as audience', () => ({ aud: [] })],
    ['null as audience', () => ({ aud: null })],
    ['a token that has expired', () => ({ exp: seconds() - 1 })],
    ['a token without an end', () => ({ exp: undefined })],
    ['an end that is a text', () => ({ exp: String(seconds() + 3600) })],
    ['a token that is not valid yet', () => ({ nbf: seconds() + 60 })],
    ['a token that will be issued later', () => ({ iat: seconds() + 60 })],
    ['a time of issue that is a text', () => ({ iat: String(seconds()) })],
  ];
  const issuerOf = (end = '') => `https://cognito-idp.eu-west-1.amazonaws.com/${issuer.userPoolId}${end}`;

  it.each(claimed)('%s', async (_title, changes) => {
    const response = await guarded.get('/guarded', `Bearer ${await sign(changes())}`);
    expect(response).toMatchObject(UNAUTHORIZED);
    expect(response.headers['www-authenticate']).toMatch(
      /^Bearer scope="" error="invalid_token" error_description="the token/,
    );
    expect(guarded.invocations()).toBe(0);
  });

  const forged: [string, () => Promise<string>][] = [
    ['a foreign key under a known kid', () => sign({}, {}, stranger)],
    ['a kid that the issuer does not have', () => sign({}, { kid: 'two' })],
    ['no kid', () => sign({}, { kid: undefined })],
    ['an empty kid', () => sign({}, { kid: '' })],
    ['a kid that is a number', () => sign({}, { kid: 1 })],
    ['a key that the token brings along', () => sign({}, { kid: 'two', jwk: stranger.jwk }, stranger)],
    ['no signature', async () => new UnsecuredJWT({ sub: 'somebody' }).setExpirationTime('1h').encode()],
    ['a signature cut off', async () => (await sign()).replace(/[^.]*$/, '')],
    ['another algorithm in the header', async () => swapHeader(await sign(), { alg: 'none', kid: 'one' })],
    [
      'HS256 with the public key as the secret',
      async () =>
        signToken(issuer, { kid: 'one', alg: 'HS256', privateKey: await publicBytes() }, guarded.clock.now()),
    ],
    ['a changed payload', async () => swapPayload(await sign(), await sign({ sub: 'else' }))],
    ['two tokens in one', async () => `${await sign()}.${await sign()}`],
    ['the prefix twice', async () => `Bearer ${await sign()}`],
    ['garbage', async () => 'garbage'],
    ['nothing after the prefix', async () => ''],
    ['an extension that nobody knows', () => sign({}, { crit: ['x'], x: 1 })],
  ];

  it.each(forged)('%s', async (_title, token) => {
    const response = await guarded.get('/guarded', `Bearer ${await token()}`);
    expect(response).toMatchObject(UNAUTHORIZED);
    expect(guarded.invocations()).toBe(0);
  });

  it.each(['ES256', 'EdDSA', 'PS256'])('%s, even with a key of the issuer', async (alg) => {
    const other = await makeKey('one', alg);
    issuer.publish({ keys: [other.jwk] });
    expect(await guarded.get('/guarded', await sign({}, {}, other))).toMatchObject(UNAUTHORIZED);
    expect(guarded.invocations()).toBe(0);
  });

  const swapHeader = (token: string, header: Changes) =>
    token.replace(/^[^.]*/, Buffer.from(JSON.stringify(header)).toString('base64url'));
  const swapPayload = (token: string, other: string) => {
    const [header, , signature] = token.split('.');
    return [header, other.split('.')[1], signature].join('.');
  };
});

describe('a JWT authorizer admits', () => {
  const admitted: [string, Changes][] = [
    ['a client that is one of the audience', { client_id: 'another-client' }],
    ['an audience in a list, without a client', { aud: ['x', 'another-client'], client_id: undefined }],
    ['an audience, whatever the client', { aud: 'another-client', client_id: 'x' }],
    ['a token that is not for access', { token_use: 'anything' }],
    ['a token without a time of issue', { iat: undefined }],
  ];
  it.each(admitted)('%s', async (_title, changes) => {
    expect(await guarded.get('/guarded', await sign(changes))).toMatchObject({ status: 200 });
  });

  it('a second of validity that has just begun', async () => {
    const token = await sign({ nbf: seconds(), iat: seconds() });
    expect(await guarded.get('/guarded', token)).toMatchObject({ status: 200 });
  });

  it.each(['RS384', 'RS512'])('%s', async (alg) => {
    const other = await makeKey('other', alg);
    issuer.publish({ keys: [key.jwk, other.jwk] });
    expect(await guarded.get('/guarded', await sign({}, {}, other))).toMatchObject({ status: 200 });
  });

  it.each([
    ['scope', 'openid rooms/read', ['openid', 'rooms/read']],
    ['scp', ['rooms/write'], ['rooms/write']],
  ])('a token with a scope of the route in %s', async (claim, value, scopes) => {
    const response = await guarded.get('/scoped', await sign({ [claim]: value }));
    expect(jwtOf(response)?.scopes).toEqual(scopes);
  });

  it.each([
    ['scope', 'rooms/reader xrooms/read'],
    ['scp', [['rooms/read']]],
    ['scope', ''],
  ])('no token whose %s only resembles a scope of the route', async (claim, value) => {
    expect(await guarded.get('/scoped', await sign({ [claim]: value }))).toMatchObject({ status: 403 });
  });

  it('claims of every kind, and hands them on as text', async () => {
    const token = await sign({
      list: ['a b', 1, true],
      none: [],
      nested: { a: [1] },
      fraction: 1.5,
      no: false,
      nothing: null,
      'custom:é': '✓',
    });
    const jwt = jwtOf(await guarded.get('/guarded', token));
    expect(jwt?.claims).toMatchObject({
      list: '[a b 1 true]',
      none: '[]',
      nested: '{"a":[1]}',
      fraction: '1.5',
      no: 'false',
    });
    expect(jwt?.claims).not.toHaveProperty('nothing');
  });
});
