import { constants, generateKeyPairSync } from 'node:crypto';
import { base64url, encode, signHs256, signRaw, signRs256, type TokenForge } from './token-forge.ts';

/** [class of forgery, what exactly, the token] */
export type Forgery = readonly [kind: string, name: string, token: string];

const ALG_NONE = ['none', 'None', 'NONE', 'nOnE', 'none ', '', 'null'];

/** Tokens that anybody can make without the user pool's key. */
export function forgeriesWithoutKey(forge: TokenForge): Forgery[] {
  const claims = forge.claims({ 'cognito:groups': ['chat-admins'] });
  const { kid } = forge;
  const good = forge.sign(claims);
  const [goodHeader = '', goodPayload = '', goodSignature = ''] = good.split('.');
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strangerJwk = { ...stranger.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const byStranger = (header: Record<string, unknown>) =>
    signRs256(stranger.privateKey, { alg: 'RS256', ...header }, claims);

  return [
    ...ALG_NONE.flatMap((alg): Forgery[] => [
      ['alg none', `"${alg}" without signature`, `${encode({ alg, kid })}.${encode(claims)}.`],
      [
        'alg none',
        `"${alg}" with a real token's signature`,
        `${encode({ alg, kid })}.${encode(claims)}.${goodSignature}`,
      ],
    ]),
    ['alg none', 'alg absent', `${encode({ kid })}.${encode(claims)}.${goodSignature}`],
    [
      'hs/rs confusion',
      'HS256 with the public key as PEM',
      signHs256(forge.publicPem, { alg: 'HS256', kid }, claims),
    ],
    [
      'hs/rs confusion',
      'HS256 with the public key as JWK text',
      signHs256(JSON.stringify(forge.publicJwk), { alg: 'HS256', kid }, claims),
    ],
    [
      'hs/rs confusion',
      'HS256 with the modulus',
      signHs256(Buffer.from(forge.publicJwk.n ?? '', 'base64url'), { alg: 'HS256', kid }, claims),
    ],
    ['hs/rs confusion', 'HS256 with an empty key', signHs256('', { alg: 'HS256', kid }, claims)],
    [
      'hs/rs confusion',
      'RS256 claimed, HMAC made',
      signHs256(forge.publicPem, { alg: 'RS256', kid }, claims),
    ],
    ['embedded key', 'jwk', byStranger({ kid, jwk: strangerJwk })],
    ['embedded key', 'jku', byStranger({ kid, jku: 'https://evil.example/jwks.json' })],
    ['embedded key', 'x5u', byStranger({ kid, x5u: 'https://evil.example/cert.pem' })],
    ['embedded key', 'x5c', byStranger({ kid, x5c: ['MIIB'] })],
    ['kid', 'unknown', byStranger({ kid: 'somebody-else' })],
    ['kid', 'absent', byStranger({})],
    ['kid', 'path', byStranger({ kid: '../../../../dev/null' })],
    ['kid', 'sql', byStranger({ kid: "' OR 1=1 --" })],
    ['kid', 'address', byStranger({ kid: 'https://evil.example/key' })],
    ['kid', 'prototype', byStranger({ kid: '__proto__' })],
    ['kid', 'number', byStranger({ kid: 1 })],
    ['kid', 'array', byStranger({ kid: [kid] })],
    ['wrong key', 'stranger signs with our kid', byStranger({ kid })],
    [
      'wrong key',
      'ES256',
      `${encode({ alg: 'ES256', kid })}.${encode(claims)}.${signRaw('sha256', Buffer.from(`${encode({ alg: 'ES256', kid })}.${encode(claims)}`), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`,
    ],
    [
      'psychic signature',
      'ES256 of zeros',
      `${encode({ alg: 'ES256', kid })}.${encode(claims)}.${base64url(Buffer.alloc(64))}`,
    ],
    [
      'psychic signature',
      'RS256 of zeros',
      `${encode({ alg: 'RS256', kid })}.${encode(claims)}.${base64url(Buffer.alloc(256))}`,
    ],
    ['psychic signature', 'RS256 empty', `${goodHeader}.${goodPayload}.`],
    [
      'changed',
      'payload of another token',
      `${goodHeader}.${encode({ ...claims, sub: 'somebody-else' })}.${goodSignature}`,
    ],
    ['changed', 'header', `${encode({ alg: 'RS256', kid, x: 1 })}.${goodPayload}.${goodSignature}`],
    ['changed', 'last signature character', flipLast(good)],
    ['shape', 'two parts', `${goodHeader}.${goodPayload}`],
    ['shape', 'four parts', `${good}.${goodSignature}`],
    ['shape', 'five parts, as a JWE', `${good}.x.y`],
    ['shape', 'standard base64', good.replaceAll('-', '+').replaceAll('_', '/').concat('==')],
    ['shape', 'payload is an array', forge.sign('[]')],
    ['shape', 'payload is null', forge.sign('null')],
    ['shape', 'payload is no JSON', forge.sign('{"sub":')],
    ['shape', 'garbage', 'x'.repeat(5000)],
    ['shape', 'dots', '.'.repeat(5000)],
    ['size', 'signed token of 9,000 bytes', forge.sign({ ...claims, filler: 'x'.repeat(6500) })],
  ];
}

/** Tokens that the user pool's own key has signed and that must be refused all the same. */
export function forgeriesWithKey(forge: TokenForge): Forgery[] {
  const now = Math.floor(Date.now() / 1000);
  const { kid } = forge;
  const claims = (changes: Record<string, unknown>) => forge.sign(forge.claims(changes));
  const header = (changes: Record<string, unknown>) =>
    forge.sign(forge.claims(), { alg: 'RS256', kid, ...changes });
  const text = JSON.stringify(forge.claims());
  const pss = `${encode({ alg: 'PS256', kid })}.${encode(forge.claims())}`;
  return [
    ['times', 'expired', claims({ iat: now - 1000, exp: now - 100 })],
    ['times', 'exp absent', claims({ exp: undefined })],
    ['times', 'exp as text', claims({ exp: String(now + 900) })],
    ['times', 'exp in milliseconds', claims({ exp: (now + 900) * 1000 })],
    ['times', 'exp fractional infinity', forge.sign(text.replace(/"exp":\d+/, '"exp":1e999'))],
    ['times', 'lifetime over 24 h', claims({ exp: now + 24 * 3600 + 100 })],
    ['times', 'iat absent', claims({ iat: undefined })],
    ['times', 'iat in the future', claims({ iat: now + 600, exp: now + 1200 })],
    ['times', 'iat as text', claims({ iat: String(now) })],
    ['times', 'nbf in the future', claims({ nbf: now + 600 })],
    [
      'issuer',
      'other pool',
      claims({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other1234' }),
    ],
    ['issuer', 'other host', claims({ iss: 'https://evil.example/eu-west-1_Roomkeep1' })],
    ['issuer', 'absent', claims({ iss: undefined })],
    ['issuer', 'array', claims({ iss: [forge.claims().iss] })],
    ['client', 'other', claims({ client_id: 'othertestclient' })],
    ['client', 'absent', claims({ client_id: undefined })],
    ['client', 'array', claims({ client_id: [forge.claims().client_id] })],
    ['token_use', 'id', claims({ token_use: 'id', aud: forge.claims().client_id })],
    ['token_use', 'refresh', claims({ token_use: 'refresh' })],
    ['token_use', 'absent', claims({ token_use: undefined })],
    ['sub', 'absent', claims({ sub: undefined })],
    ['sub', 'empty', claims({ sub: '' })],
    ['sub', '129 characters', claims({ sub: 'a'.repeat(129) })],
    ['sub', 'control character', claims({ sub: 'a\nb' })],
    ['sub', 'e-mail address', claims({ sub: 'vi@example.com' })],
    ['sub', 'number', claims({ sub: 7 })],
    ['sub', 'path', claims({ sub: '../other' })],
    ['header', 'crit', header({ crit: ['exp'] })],
    ['header', 'crit, empty', header({ crit: [] })],
    ['header', 'b64 false', header({ b64: false, crit: ['b64'] })],
    ['header', 'typ of another kind of token', header({ typ: 'dpop+jwt' })],
    ['header', 'nested JWT', header({ cty: 'JWT' })],
    [
      'header',
      'PS256 by the same key',
      `${pss}.${signRaw('sha256', Buffer.from(pss), { key: forge.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }).toString('base64url')}`,
    ],
    ['duplicates', 'sub twice', forge.sign(text.replace('{', '{"sub":"somebody-else",'))],
    ['duplicates', 'sub twice, once escaped', forge.sign(text.replace('{', '{"s\\u0075b":"somebody-else",'))],
    ['duplicates', 'exp twice', forge.sign(text.replace('{', '{"exp":1,'))],
    ['duplicates', 'alg twice', forge.sign(text, `{"alg":"none","alg":"RS256","kid":"${kid}"}`)],
    ['groups', 'text instead of an array', claims({ 'cognito:groups': '[chat-admins]' })],
    ['groups', 'array of objects', claims({ 'cognito:groups': [{ toString: 'chat-admins' }] })],
  ];
}

function flipLast(token: string): string {
  // The last character carries unused bits, so change the one before it.
  const index = token.length - 2;
  return token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
}
