import { createHash, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateClientKeyPair, readPrivateKey, readPublicKey } from './client-keys.ts';
import { openCompact, payloadWithoutProof, signCompact } from './jws.ts';
import vectors from './published-vectors.json' with { type: 'json' };
import { md5Hex } from './request-authentication.ts';

const { vectorA, vectorB } = vectors;
const publishedKey = readPublicKey(vectorA.publicKeyPem);
const pair = generateClientKeyPair();
const privateKey = readPrivateKey(pair.privateKeyPem);
const publicKey = readPublicKey(pair.publicKeyPem);

describe('the tokens that the lender published', () => {
  test('both request tokens of vector A verify, with the claims that the page names', () => {
    expect(openCompact(vectorA.encodedBody, publishedKey)?.toString()).toBe(vectorA.claims);
    const { apiClientKey, signedMd5, date, path, method } = vectorA;
    const signature = [method, signedMd5, 'application/json', date, path].join('\n');
    const claims = openCompact(vectorA.authorizationToken, publishedKey)?.toString() ?? '';
    expect(JSON.parse(claims)).toEqual({ sub: apiClientKey, signature });
  });

  test('the response token of the same page, signed by a key nobody published, is refused', () => {
    expect(openCompact(vectorA.responseEncodedBody, publishedKey)).toBeUndefined();
    expect(payloadWithoutProof(vectorA.responseEncodedBody)?.toString()).toContain('Congrats!');
  });

  test('vector B hashes the compact JSON of its own body', () => {
    expect(md5Hex(vectorB.hashedBody)).toBe(vectorB.claims.payload_md5);
  });
});

describe('our own tokens', () => {
  test('open to the very bytes that were signed, and differ each time', () => {
    const payload = Buffer.from([0, 255, 10, 13, 0x7b]);
    const token = signCompact(payload, privateKey);
    expect(openCompact(token, publicKey)).toEqual(payload);
    expect(signCompact(payload, privateKey)).not.toBe(token);
  });

  test('carry the 132-byte pair and the published header', () => {
    const [header, , signature] = signCompact('{}', privateKey).split('.');
    expect(Buffer.from(signature ?? '', 'base64url')).toHaveLength(132);
    expect(header).toBe(vectorA.encodedBody.split('.')[0]);
  });

  test.each([
    ['changed payload', (token: string) => token.replace(/\.(.)/, (_, first) => (first === 'A' ? '.B' : '.A'))],
    ['a fourth part', (token: string) => `${token}.x`],
    ['two parts', (token: string) => token.split('.').slice(0, 2).join('.')],
    ['nothing', () => ''],
    ['another algorithm', (token: string) => [header('ES256'), ...token.split('.').slice(1)].join('.')],
    ['no algorithm', (token: string) => [header('none'), token.split('.')[1], ''].join('.')],
    ['a header that is not JSON', (token: string) => ['e30x', ...token.split('.').slice(1)].join('.')],
    ['a DER signature', derSigned],
  ])('with %s do not open', (_what, spoil) => {
    expect(openCompact(spoil(signCompact('{"a":1}', privateKey)), publicKey)).toBeUndefined();
  });
});

test('a key on another curve is refused by name before anything is signed', () => {
  const pem =
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----';
  expect(() => readPublicKey(pem)).toThrow(/must be on P-521/);
  expect(pair.privateKeyPem).toContain('BEGIN EC PRIVATE KEY');
  expect(createHash('sha256').update(generateClientKeyPair().publicKeyPem).digest('hex')).not.toBe(
    createHash('sha256').update(pair.publicKeyPem).digest('hex'),
  );
});

function header(alg: string): string {
  return Buffer.from(JSON.stringify({ typ: 'JWT', alg })).toString('base64url');
}

function derSigned(token: string): string {
  const signed = token.split('.').slice(0, 2).join('.');
  return `${signed}.${sign('sha512', Buffer.from(signed), privateKey).toString('base64url')}`;
}
