import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBody, type DescribedApi, startDescribedApi } from '#lib/testing/described-api.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';

let api: DescribedApi;
beforeAll(async () => {
  api = await startDescribedApi();
});
afterAll(() => api.end());

type Item = Record<'pointer' | 'code' | 'message', string>;
const create = (changes: Record<string, unknown>) => api.ask('createSigningSession', { body: createBody(changes) });
const withText = (text: string, changes = {}) => create({ contract: { title: 'T', text, ...changes } });

describe('create', () => {
  test('names every wrong field at once, in the language asked for', async () => {
    const { json } = await api.ask('createSigningSession', {
      body: {
        orderId: '',
        contract: { title: 'T', text: 'x', extra: 1 },
        signerDetails: { identity: '529.982.247-24' },
      },
      headers: { 'Accept-Language': 'pt-BR,en;q=0.5' },
    });
    expect(json.errors.map(({ pointer, code }: Item) => `${pointer} ${code}`).sort()).toEqual([
      '/contract/extra unknown_field',
      '/debtKey required',
      '/orderId empty',
      '/signerDetails/identity cpf_check_digit',
    ]);
    const { message } = json.errors.find(({ pointer }: Item) => pointer === '/debtKey');
    expect(message).toBe('Este campo é obrigatório.');
  });

  test('tells the code point, the offset and the line of a refused character', async () => {
    const { code, json } = await withText('ção 😀\nab\u202ecd');
    expect([code, json.errors[0]]).toMatchObject([
      'contract_text_invalid',
      { pointer: '/contract/text', codePoint: 'U+202E', offset: 8, byteOffset: 13, line: 2, column: 3 },
    ]);
  });

  test('refuses half a character in the contract as a fault of the text, and elsewhere as one of the field', async () => {
    const body = JSON.stringify(createBody());
    const inText = await api.ask('createSigningSession', { body: body.replace('CLÁUSULA', '\\ud83d') });
    const inOrder = await api.ask('createSigningSession', { body: body.replace('pedido', '\\ud83d') });
    expect([inText.code, inOrder.code, inOrder.json.errors[0].code]).toEqual([
      'contract_text_invalid',
      'validation_failed',
      'string_lone_surrogate',
    ]);
  });

  test('keeps the text to the byte and answers its hash', async () => {
    const { json } = await withText('abc', {
      sha256: 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
    });
    expect(json.contract).toMatchObject({ byteLength: 3, sha256: expect.stringMatching(/^ba7816bf/) });
  });

  test('refuses another hash, and tells the one it found', async () => {
    const { code, json } = await withText('abc', { sha256: '0'.repeat(64) });
    expect(code).toBe('contract_hash_mismatch');
    expect(json.errors[0].message).toContain('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('takes a contract text of exactly 1 MiB and refuses one more byte', async () => {
    expect((await withText('é'.repeat(524_288))).code).toBe('success');
    expect((await withText(`${'é'.repeat(524_288)}a`)).code).toBe('payload_too_large');
  });

  test.each(['javascript:alert(1)', 'https://other.example/', '/relative', 'https://a:b@loja.example/', 'x\u0000'])(
    'refuses the returnUrl %j',
    async (returnUrl) => {
      expect((await create({ returnUrl })).code).toBe('return_url_not_allowed');
    },
  );

  test('refuses times too near and too far, by the database clock', async () => {
    const soon = await create({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    const late = await create({ expiresAt: new Date(Date.now() + 91 * 86_400_000).toISOString() });
    expect([soon.json.errors[0].code, late.json.errors[0].code]).toEqual(['too_soon', 'too_late']);
  });

  test('warns about what it kept as it came', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { json } = await create({ expiresAt, contract: { title: 'T', text: 'a\r\ncafe\u0301' } });
    expect(json.warnings.map(({ code }: Item) => code)).toEqual([
      'text_has_crlf',
      'text_not_nfc',
      'offer_under_two_days',
    ]);
  });

  test('refuses names that readers drop, and repeats no value that it refused', async () => {
    const body = JSON.stringify(createBody()).replace(/}$/, ',"metadata":{"__proto__":"segredo"}}');
    const { code, json, text } = await api.ask('createSigningSession', { body });
    expect([code, json.errors[0].pointer]).toEqual(['validation_failed', '/metadata/__proto__']);
    expect(text).not.toContain('segredo');
  });

  test('takes the same JSON in other bytes for the same request', async () => {
    const headers = { 'X-Idempotency-Key': 'other-bytes' };
    const { orderId, debtKey, contract } = createBody();
    const first = await api.ask('createSigningSession', { headers, body: { orderId, debtKey, contract } });
    const text = JSON.stringify({ contract, debtKey, orderId }, undefined, 2).replace('pedido', '\\u0070edido');
    const again = await api.ask('createSigningSession', { headers, body: text });
    expect([again.response.headers.get('idempotency-replayed'), again.text]).toEqual(['true', first.text]);
  });
});

test('cancelling twice answers the same session twice', async () => {
  const { signingSessionId: id } = await createdSession(api.portal);
  const first = await api.ask('cancelSigningSession', { id, body: { reason: 'Pedido desfeito' } });
  const second = await api.ask('cancelSigningSession', { id });
  expect([first.json.cancelReason, second.text]).toEqual(['Pedido desfeito', first.text]);
});

test('a key used to cancel one session does not cancel another', async () => {
  const [one, other] = [await createdSession(api.portal), await createdSession(api.portal)];
  const headers = { 'X-Idempotency-Key': 'cancel-one' };
  await api.ask('cancelSigningSession', { id: one.signingSessionId, headers });
  const { code } = await api.ask('cancelSigningSession', { id: other.signingSessionId, headers });
  const { json } = await api.ask('readSigningSession', { id: other.signingSessionId });
  expect([code, json.status]).toEqual(['idempotency_key_reused', 'PENDING']);
});

test('the signed contract comes without a key by the signature in documentUrl, for that session and ten minutes', async () => {
  const { session: signed } = await acceptedSession(api.portal);
  const { session: other } = await acceptedSession(api.portal);
  const { json } = await api.ask('readSigningSession', { id: signed.signingSessionId });
  const query = new URL(json.documentUrl).search;
  const read = (id: string) => api.ask('readDocument', { id, query, apiKey: '' });
  const { text, response } = await read(signed.signingSessionId);
  expect(text.slice(0, 8)).toBe('%PDF-1.7');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="contract-[\w-]+-interim\.pdf"$/);
  expect(response.headers.get('content-digest')).toMatch(/^sha-256=:.{44}:$/);
  expect((await read(other.signingSessionId)).code).toBe('unauthorized');
  await api.portal.advanceClock(10 * 60_000 + 1);
  expect((await read(signed.signingSessionId)).code).toBe('unauthorized');
});

test.each([
  'limit=0',
  'limit=101',
  'limit=x',
  'limit=1&limit=2',
  'status=OPEN',
  'orderId=%00',
  'debtKey=a%20b',
  'cursor=a!',
  'cursor=abcd',
])('the list refuses ?%s', async (query) => {
  expect((await api.ask('listSigningSessions', { query: `?${query}` })).code).toBe('validation_failed');
});

test('the list leads through all sessions by its cursor, newest first', async () => {
  const orderId = 'a-page-at-a-time';
  const made: string[] = [];
  for (let count = 0; count < 3; count++)
    made.unshift((await createdSession(api.portal, { orderId })).signingSessionId);
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const { json } = await api.ask('listSigningSessions', { query: `?orderId=${orderId}&limit=2${cursor}` });
    seen.push(...json.items.map((item: { signingSessionId: string }) => item.signingSessionId));
    if (json.nextCursor === null) break;
    cursor = `&cursor=${json.nextCursor}`;
  }
  expect(seen).toEqual(made);
});

test("a stranger's session is like none", async () => {
  const { signingSessionId: id } = await createdSession({ ...api.portal, merchant: api.portal.stranger });
  for (const operationId of ['readSigningSession', 'readEvidence', 'readDocument', 'cancelSigningSession']) {
    expect((await api.ask(operationId, { id })).code, operationId).toBe('signing_session_not_found');
  }
});

test('a fault of ours answers 500 with an id, and keeps its message and stack for the log', async () => {
  const { signingSessionId: id } = await createdSession(api.portal);
  const mend = api.doors.breakKeyring();
  const { response, json, text } = await api.askRaw('readSigningSession', { id }).finally(mend);
  expect([response.status, json.code, text.includes('broken on purpose')]).toEqual([500, 'internal_error', false]);
  expect(
    api.doors.logged.filter((line) => line.includes(json.requestId) && line.includes('broken on purpose')),
  ).toHaveLength(1);
});
