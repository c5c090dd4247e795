import { describe, expect, test } from 'vitest';
import { generateClientKeyPair, readPrivateKey, readPublicKey } from './client-keys.ts';
import { encodedBody } from './encoded-body.ts';
import { openCompact } from './jws.ts';
import { md5Hex } from './request-authentication.ts';
import { signedHeader } from './signed-header.ts';

const pair = generateClientKeyPair();
const privateKey = readPrivateKey(pair.privateKeyPem);
const publicKey = readPublicKey(pair.publicKeyPem);
const apiClientKey = '5d1c6c07-3ac5-4b6c-9f9b-0a0e0f3ad1aa';
const body = Buffer.from('{ "texto": "ação" }\n');
const at = new Date('2026-03-04T05:06:07.089Z');

describe('the signed header', () => {
  const authenticate = signedHeader({ apiClientKey, privateKey, emptyPayload: '{}' });

  test('binds the raw bytes, the instant, the method and the path with its query', () => {
    const request = authenticate({ method: 'POST', uri: '/debt/a/signed?x=1', body, at });
    expect(request.body).toBe(body);
    expect(request.headers['API-CLIENT-KEY']).toBe(apiClientKey);
    expect(claimsIn(request.headers.AUTHORIZATION)).toEqual({
      payload_md5: md5Hex(body),
      timestamp: '2026-03-04T05:06:07.089000Z',
      method: 'POST',
      uri: '/debt/a/signed?x=1',
    });
  });

  test.each([
    ['{}', '99914b932bd37a50b983c5e7c90ae93b'],
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ] as const)('hashes "%s" for a request without a body, as configured', (emptyPayload, md5) => {
    const request = signedHeader({ apiClientKey, privateKey, emptyPayload })({ method: 'GET', uri: '/debt?key=a', at });
    expect(claimsIn(request.headers.AUTHORIZATION)).toMatchObject({ payload_md5: md5, uri: '/debt?key=a' });
    expect(request.body).toBeUndefined();
  });
});

describe('the encoded body', () => {
  const authenticate = encodedBody({ apiClientKey, privateKey });

  test('wraps the bytes untouched and signs the five lines over the envelope', () => {
    const request = authenticate({ method: 'POST', uri: '/debt/a/signed', body, at });
    const envelope = JSON.parse(Buffer.from(request.body ?? []).toString()).encoded_body;
    expect(openCompact(envelope, publicKey)).toEqual(body);
    const [scheme, token] = (request.headers.AUTHORIZATION ?? '').split(`${apiClientKey}:`);
    expect(scheme).toBe('QIT ');
    expect(claimsIn(token)).toEqual({
      sub: apiClientKey,
      signature: `POST\n${md5Hex(envelope)}\napplication/json\nWed, 04 Mar 2026 05:06:07 GMT\n/debt/a/signed`,
    });
  });

  test('leaves MD5 and type empty where there is no body', () => {
    const request = authenticate({ method: 'GET', uri: '/debt?key=a', at });
    const token = request.headers.AUTHORIZATION?.split(`${apiClientKey}:`)[1];
    expect(claimsIn(token)).toMatchObject({ signature: 'GET\n\n\nWed, 04 Mar 2026 05:06:07 GMT\n/debt?key=a' });
    expect(request.body).toBeUndefined();
  });
});

function claimsIn(token: string | undefined): unknown {
  const payload = openCompact(token ?? '', publicKey);
  if (!payload) throw new Error(`This token does not verify with our own key: ${token}`);
  return JSON.parse(payload.toString());
}
