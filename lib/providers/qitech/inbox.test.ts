import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LenderPost } from '#lib/providers/lender-inbox.ts';
import { generateClientKeyPair, readPublicKey } from './client-keys.ts';
import { createQitechInbox } from './inbox.ts';
import { openCompact } from './jws.ts';
import published from './published-vectors.json' with { type: 'json' };
import { isReplySigned } from './reply-signature.ts';
import { sealedNotice } from './sandbox/notice-seal.ts';

const [ours, lenders, strangers] = [generateClientKeyPair(), generateClientKeyPair(), generateClientKeyPair()];
const apiClientKey = '5d1c6c07-3ac5-4b6c-9f9b-0a0e0f3ad1aa';
const uri = '/api/webhooks/lender';
const now = new Date('2026-05-06T07:08:09.000Z');
const inbox = createQitechInbox({
  apiClientKey,
  privateKeyPem: ours.privateKeyPem,
  lenderPublicKeyPem: lenders.publicKeyPem,
  clock: () => now,
});
const json = JSON.stringify({
  key: 'debt-1',
  status: 'canceled ',
  webhook_type: 'debt',
  event_datetime: '2026-05-06 07:08:08',
  data: { cancel_reason: 'Signature missing', cancel_reason_enumerator: 'waiting_signature' },
  a_new_field: [1],
});
const schemes = ['signed-header', 'encoded-body'] as const;
type Terms = { scheme: (typeof schemes)[number]; uri: string; at: Date; key: string; apiClientKey: string };

describe.each(schemes)('a post in the form %s', (scheme) => {
  const post = (terms: Partial<Terms> = {}, text = json) => signed({ scheme, ...terms }, text);

  test('is the lender’s, and says what it says, whatever fields were added', () => {
    expect(inbox.read(post())).toEqual({
      ok: true,
      notice: {
        debtKey: 'debt-1',
        webhookType: 'debt',
        state: 'canceled',
        eventDatetime: '2026-05-06 07:08:08',
        cancelReason: 'Signature missing',
        content: Buffer.from(json),
      },
    });
  });

  test.each([
    ['a stranger signed', { key: strangers.privateKeyPem }],
    ['we signed ourselves', { key: ours.privateKeyPem }],
    ['is for another path', { uri: '/api/webhooks/other' }],
    ['is for another integration', { apiClientKey: '00000000-0000-4000-8000-000000000000' }],
    ['is older than five minutes', { at: new Date(now.getTime() - 301_000) }],
    ['comes from tomorrow', { at: new Date(now.getTime() + 86_400_000) }],
  ])('that %s proves nothing', (_, terms) => {
    expect(inbox.read(post(terms))).toEqual({ ok: false, code: 'not_signed' });
  });

  test('is still good just before it is too old', () => {
    expect(inbox.read(post({ at: new Date(now.getTime() - 299_000) }))).toMatchObject({ ok: true });
  });

  test('of which any byte was altered proves nothing', () => {
    const good = post();
    for (let index = 0; index < good.body.length; index += 7) {
      const body = Buffer.from(good.body);
      body.writeUInt8((body[index] ?? 0) ^ 1, index);
      expect(inbox.read({ ...good, body }), `byte ${index}`).toEqual({ ok: false, code: 'not_signed' });
    }
  });

  test('without either header proves nothing', () => {
    const { headers, ...rest } = post();
    for (const missing of [{ authorization: null }, { apiClientKey: null }, { authorization: '' }])
      expect(inbox.read({ ...rest, headers: { ...headers, ...missing } })).toEqual({ ok: false, code: 'not_signed' });
  });

  test.each([
    'x',
    '[]',
    'null',
    '{}',
    '{"key":"debt-1"}',
    '{"key":1,"status":"signed","webhook_type":"debt"}',
    '{"key":"debt-1","status":"si\\u0000gned","webhook_type":"debt"}',
    JSON.stringify({ key: 'd'.repeat(101), status: 'signed', webhook_type: 'debt' }),
  ])('that says %s is the lender’s, and about no debt', (text) => {
    expect(inbox.read(post({}, text))).toEqual({ ok: false, code: 'no_debt' });
  });

  test('that names no time or reason is a notice all the same', () => {
    const reading = inbox.read(post({}, '{"key":"debt-1","status":"SIGNED","webhook_type":"debt","event_datetime":7}'));
    expect(reading).toMatchObject({ ok: true, notice: { state: 'signed' } });
    expect(Object.keys(reading.ok ? reading.notice : {})).not.toContain('eventDatetime');
  });
});

test('an envelope whose inside a stranger signed proves nothing', () => {
  const good = signed({ scheme: 'encoded-body' });
  const foreign = signed({ scheme: 'encoded-body', key: strangers.privateKeyPem });
  expect(inbox.read({ ...good, body: foreign.body })).toEqual({ ok: false, code: 'not_signed' });
});

test('the published tokens, which other keys signed long ago, prove nothing', () => {
  for (const text of JSON.stringify(published).match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? ['none'])
    for (const authorization of [text, `QIT ${apiClientKey}:${text}`]) {
      const body = Buffer.from(JSON.stringify({ encoded_body: text }));
      expect(inbox.read({ uri, headers: { authorization, apiClientKey }, body })).toMatchObject({ ok: false });
    }
});

test('the acknowledgement is signed with our key in the older form, for our own path', () => {
  const { headers, body } = inbox.acknowledge(uri);
  const encodedBody = JSON.parse(Buffer.from(body).toString()).encoded_body;
  const key = readPublicKey(ours.publicKeyPem);
  const said = { authorization: headers.AUTHORIZATION ?? '', 'api-client-key': headers['API-CLIENT-KEY'] ?? '' };
  const expected = { method: 'POST', uri, at: now, apiClientKey, lenderPublicKey: key };
  expect(isReplySigned({ headers: said, body, encodedBody }, expected)).toBe(true);
  expect(openCompact(encodedBody, key)?.toString()).toBe('{"status":"received"}');
});

test('a key on another curve is refused when the inbox is made', () => {
  const p256 = createPublicKey(
    '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n',
  ).export({ type: 'spki', format: 'pem' });
  const make = () =>
    createQitechInbox({
      apiClientKey,
      privateKeyPem: ours.privateKeyPem,
      lenderPublicKeyPem: p256.toString(),
      clock: () => now,
    });
  expect(make).toThrow(/P-521/);
});

function signed(terms: Partial<Terms>, text = json): LenderPost {
  const { key, ...said } = {
    scheme: 'signed-header' as const,
    uri,
    at: now,
    key: lenders.privateKeyPem,
    apiClientKey,
    ...terms,
  };
  const sealed = sealedNotice(text, said, { apiClientKey: said.apiClientKey, replyKey: createPrivateKey(key) });
  return {
    uri,
    headers: {
      authorization: sealed.headers.Authorization ?? null,
      apiClientKey: sealed.headers['API-CLIENT-KEY'] ?? null,
    },
    body: Buffer.from(sealed.body),
  };
}
