import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { encodedBody } from '#lib/providers/qitech/encoded-body.ts';
import { signCompact } from '#lib/providers/qitech/jws.ts';
import vectors from '#lib/providers/qitech/published-vectors.json' with { type: 'json' };
import { md5Hex } from '#lib/providers/qitech/request-authentication.ts';
import { signedHeader } from '#lib/providers/qitech/signed-header.ts';
import type { CheckSettings } from './check-terms.ts';
import type { ReceivedRequest } from './received-request.ts';
import { checkRequest } from './request-check.ts';
import { tokenChecker } from './token-check.ts';

const { vectorA } = vectors;
const pair = generateClientKeyPair();
const privateKey = createPrivateKey(pair.privateKeyPem);
const apiClientKey = '5d1c6c07-3ac5-4b6c-9f9b-0a0e0f3ad1aa';
const settings: CheckSettings = { apiClientKey, checkToken: await tokenChecker(pair.publicKeyPem) };
const checkPublishedToken = await tokenChecker(vectorA.publicKeyPem);
const at = new Date('2026-03-04T05:06:07.089Z');
const body = Buffer.from('{"a":1,"b":"ç"}');
const uri = '/debt/a/signed';

describe('the published vector', () => {
  const published = {
    apiClientKey: vectorA.apiClientKey,
    checkToken: checkPublishedToken,
    acceptsPlainJsonMd5: true,
  };
  const request = {
    method: vectorA.method,
    uri: vectorA.path,
    headers: {
      'api-client-key': vectorA.apiClientKey,
      authorization: `QIT ${vectorA.apiClientKey}:${vectorA.authorizationToken}`,
    },
    body: Buffer.from(JSON.stringify({ encoded_body: vectorA.encodedBody })),
    at: new Date('2019-10-16T14:52:00Z'),
  };

  test('is accepted, with its key, its integration key and a clock at its date', async () => {
    expect(await checkRequest(request, published)).toEqual({
      ok: true,
      scheme: 'encoded-body',
      content: Buffer.from(vectorA.claims),
    });
  });

  test('is refused with the response token of its page, which another key signed', async () => {
    const replied = { ...request, body: Buffer.from(JSON.stringify({ encoded_body: vectorA.responseEncodedBody })) };
    expect(await checkRequest(replied, published)).toMatchObject({ verdict: 'encoded_body_token_signature_invalid' });
  });

  test.each([
    ['seven years later', { at }, {}, 'date_too_old'],
    ['on another path', { uri: '/test2' }, {}, 'uri_mismatch'],
    ['as a PUT', { method: 'PUT' }, {}, 'method_mismatch'],
    ['where the MD5 of the token is demanded', {}, { acceptsPlainJsonMd5: false }, 'payload_md5_mismatch'],
  ])('is refused %s', async (_what, changedRequest, changedSettings, verdict) => {
    const check = checkRequest({ ...request, ...changedRequest }, { ...published, ...changedSettings });
    expect(await check).toEqual({ ok: false, verdict });
  });
});

describe('the signed header', () => {
  const signedRequest = (changed: Partial<ReceivedRequest> = {}, claims = {}): ReceivedRequest => {
    const all = { payload_md5: md5Hex(body), timestamp: '2026-03-04T05:06:07.089000Z', method: 'POST', uri, ...claims };
    return received({ authorization: signCompact(JSON.stringify(all), privateKey) }, changed);
  };

  test('of our own client is accepted, with a body and without', async () => {
    for (const emptyPayload of ['{}', ''] as const) {
      const authenticate = signedHeader({ apiClientKey, privateKey, emptyPayload });
      const post = authenticate({ method: 'POST', uri, body, at });
      expect(await checkRequest(received(lowerCase(post.headers)), settings)).toMatchObject({
        ok: true,
        content: body,
      });
      const get = authenticate({ method: 'GET', uri: '/debt?key=a', at });
      const question = { method: 'GET', uri: '/debt?key=a', body: Buffer.alloc(0) };
      expect(await checkRequest(received(lowerCase(get.headers), question), settings)).toMatchObject({ ok: true });
    }
  });

  test.each([
    ['changed bytes', signedRequest({ body: Buffer.from('{"a":2}') }), 'payload_md5_mismatch'],
    [
      'the MD5 of the same JSON, spaced',
      signedRequest({}, { payload_md5: md5Hex('{"a": 1, "b": "ç"}') }),
      'payload_md5_mismatch',
    ],
    [
      'the MD5 of the same JSON, escaped',
      signedRequest({}, { payload_md5: md5Hex('{"a":1,"b":"\\u00e7"}') }),
      'payload_md5_mismatch',
    ],
    ['the MD5 of {} over a body', signedRequest({}, { payload_md5: md5Hex('{}') }), 'payload_md5_mismatch'],
    ['an MD5 in upper case', signedRequest({}, { payload_md5: md5Hex(body).toUpperCase() }), 'payload_md5_mismatch'],
    ['a wrong uri', signedRequest({}, { uri: '/debt/b/signed' }), 'uri_mismatch'],
    ['the uri without its query', signedRequest({ uri: `${uri}?x=1` }), 'uri_mismatch'],
    ['a uri with the host', signedRequest({}, { uri: `http://lender${uri}` }), 'uri_mismatch'],
    ['another method', signedRequest({ method: 'PUT' }), 'method_mismatch'],
    ['a method in lower case', signedRequest({}, { method: 'post' }), 'method_mismatch'],
    ['an old date', signedRequest({ at: new Date(at.getTime() + 300_001) }), 'date_too_old'],
    ['a date to come', signedRequest({ at: new Date(at.getTime() - 300_001) }), 'date_in_future'],
    ['a date without fractions', signedRequest({}, { timestamp: '2026-03-04T05:06:07Z' }), 'date_malformed'],
    ['a date with an offset', signedRequest({}, { timestamp: '2026-03-04T05:06:07.089-03:00' }), 'date_malformed'],
    ['a date that does not exist', signedRequest({}, { timestamp: '2026-13-04T05:06:07.089Z' }), 'date_malformed'],
    ['claims that are a list', received({ authorization: signCompact('[]', privateKey) }), 'token_claims_malformed'],
    ['a Bearer prefix', received({ authorization: `Bearer ${signCompact('{}', privateKey)}` }), 'token_malformed'],
    ['a DER signature', received({ authorization: derSigned('{}') }), 'token_signature_not_p1363'],
    [
      'a stranger’s signature',
      received({ authorization: signCompact('{}', strangerKey()) }),
      'token_signature_invalid',
    ],
    [
      'another algorithm',
      received({ authorization: withHeader({ alg: 'HS512', typ: 'JWT' }) }),
      'token_algorithm_wrong',
    ],
    [
      'a critical extension',
      received({ authorization: withHeader({ alg: 'ES512', typ: 'JWT', crit: [] }) }),
      'token_algorithm_wrong',
    ],
    ['no token', received({}), 'token_missing'],
    ['no integration key', received({ 'api-client-key': '' }), 'api_key_missing'],
    ['another integration key', received({ 'api-client-key': 'other' }), 'api_key_unknown'],
  ])('with %s is refused', async (_what, request, verdict) => {
    expect(await checkRequest(request, settings)).toEqual({ ok: false, verdict });
  });

  test('five minutes to both sides are still accepted', async () => {
    for (const offsetMs of [-300_000, 300_000]) {
      expect(await checkRequest(signedRequest({ at: new Date(at.getTime() + offsetMs) }), settings)).toMatchObject({
        ok: true,
      });
    }
  });
});

describe('the encoded body', () => {
  const enveloped = (): ReceivedRequest => {
    const request = encodedBody({ apiClientKey, privateKey })({ method: 'POST', uri, body, at });
    return received(lowerCase(request.headers), { body: Buffer.from(request.body ?? []) });
  };
  const withLines = (change: (lines: string[]) => string[], sub = apiClientKey): ReceivedRequest => {
    const request = enveloped();
    const md5 = md5Hex(JSON.parse(request.body.toString()).encoded_body);
    const lines = change(['POST', md5, 'application/json', at.toUTCString(), uri]);
    const token = signCompact(JSON.stringify({ sub, signature: lines.join('\n') }), privateKey);
    return { ...request, headers: { ...request.headers, authorization: `QIT ${apiClientKey}:${token}` } };
  };

  test('of our own client is accepted, with a body and without, and with an empty type', async () => {
    expect(await checkRequest(enveloped(), settings)).toEqual({ ok: true, scheme: 'encoded-body', content: body });
    expect(
      await checkRequest(
        withLines((lines) => lines.with(2, '')),
        settings,
      ),
    ).toMatchObject({ ok: true });
    const get = encodedBody({ apiClientKey, privateKey })({ method: 'GET', uri: '/debt?key=a', at });
    const question = { method: 'GET', uri: '/debt?key=a', body: Buffer.alloc(0) };
    expect(await checkRequest(received(lowerCase(get.headers), question), settings)).toMatchObject({ ok: true });
  });

  test.each([
    ['the MD5 of the plain JSON', withLines((lines) => lines.with(1, md5Hex(body))), 'payload_md5_mismatch'],
    [
      'the MD5 of the whole envelope',
      withLines((lines) => lines.with(1, md5Hex(enveloped().body))),
      'payload_md5_mismatch',
    ],
    ['a wrong uri', withLines((lines) => lines.with(4, '/debt/b/signed')), 'uri_mismatch'],
    ['another method', withLines((lines) => lines.with(0, 'PUT')), 'method_mismatch'],
    ['another type', withLines((lines) => lines.with(2, 'text/plain')), 'content_type_mismatch'],
    ['an old date', withLines((lines) => lines.with(3, 'Wed, 04 Mar 2026 05:01:06 GMT')), 'date_too_old'],
    ['a date of the other scheme', withLines((lines) => lines.with(3, at.toISOString())), 'date_malformed'],
    ['a sixth line', withLines((lines) => [...lines, '']), 'token_claims_malformed'],
    ['four lines', withLines((lines) => lines.slice(0, 4)), 'token_claims_malformed'],
    ['another subject', withLines((lines) => lines, 'other'), 'api_key_mismatch'],
    ['a plain body', { ...enveloped(), body }, 'encoded_body_missing'],
    ['a further field', { ...enveloped(), body: Buffer.from('{"encoded_body":"x","y":1}') }, 'encoded_body_missing'],
    [
      'an envelope that is no token',
      { ...enveloped(), body: Buffer.from('{"encoded_body":"x"}') },
      'encoded_body_token_malformed',
    ],
    ['no key before the token', received({ authorization: 'QIT abc' }), 'token_malformed'],
    ['another key before the token', received({ authorization: 'QIT other:a.b.c' }), 'api_key_mismatch'],
  ])('with %s is refused', async (_what, request, verdict) => {
    expect(await checkRequest(request, settings)).toEqual({ ok: false, verdict });
  });
});

test('a verifier is not made with a key that is not ours to expect', async () => {
  await expect(tokenChecker('nonsense')).rejects.toThrow(/not a PEM/);
  await expect(tokenChecker(pair.privateKeyPem)).rejects.toThrow(/not a PEM/);
});

function received(headers: Record<string, string>, changed: Partial<ReceivedRequest> = {}): ReceivedRequest {
  return { method: 'POST', uri, body, at, ...changed, headers: { 'api-client-key': apiClientKey, ...headers } };
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function derSigned(payload: string): string {
  const signed = signCompact(payload, privateKey).split('.').slice(0, 2).join('.');
  return `${signed}.${sign('sha512', Buffer.from(signed), privateKey).toString('base64url')}`;
}

function withHeader(header: object): string {
  const signed = [JSON.stringify(header), '{}'].map((part) => Buffer.from(part).toString('base64url')).join('.');
  const signature = sign('sha512', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

function strangerKey() {
  return createPrivateKey(generateClientKeyPair().privateKeyPem);
}
