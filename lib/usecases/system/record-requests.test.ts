import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keptExchange } from '#lib/schema/staff-request.ts';
import { createBody, type DescribedApi, startDescribedApi } from '#lib/testing/described-api.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { readSession } from '../merchant/read-session.ts';

/** Nobody on earth, and no contract that anybody made. */
const person = {
  name: 'Zulmira Quaresma Jaboticabeira',
  email: 'zulmira.jaboticabeira@exemplo.com.br',
  identity: '12345678909',
  phone: '+5593987654321',
};
const text = 'CLÁUSULA ÚNICA. O jequitibá fica com o comprador.\n';
const secretKey = 'um-segredo-de-idempotencia';

let api: DescribedApi;
let key: string;
beforeAll(async () => {
  api = await startDescribedApi();
  key = await api.doors.apiKey('sessions:read', 'sessions:write', 'evidence:read');
});
afterAll(() => api.end());
beforeEach(async () => {
  await api.portal.asOwner('TRUNCATE api_requests');
});

// biome-ignore lint/suspicious/noExplicitAny: a row as it lies in the database.
type Row = Record<string, any>;

/** The rows, once there are so many; they are written when the answer has gone. */
async function kept(howMany: number): Promise<Row[]> {
  const read = () => api.portal.asOwner<Row>('SELECT * FROM api_requests ORDER BY position');
  await expect.poll(async () => (await read()).length).toBe(howMany);
  return read();
}

function opened({ workspace_id, request_id, exchange_sealed }: Row) {
  const plain = api.portal.ctx.keys.openExchange(workspace_id, request_id, exchange_sealed);
  return keptExchange.parse(JSON.parse(plain.toString('utf8')));
}

const create = (changes: Row = {}, headers = {}) =>
  api.ask('createSigningSession', {
    apiKey: key,
    body: createBody({ contract: { title: 'Contrato', text }, signerDetails: person, ...changes }),
    headers: { 'User-Agent': 'loja/1.0', 'Idempotency-Key': secretKey, ...headers },
  });

describe('of a call with a known key', () => {
  test('the facts are kept, whole or refused', async () => {
    const { json } = await create({}, { 'Idempotency-Key': crypto.randomUUID() });
    const refused = await create({ orderId: '', signerDetails: { identity: '529.982.247-24' } });
    await api.ask('readSigningSession', { apiKey: key, id: json.signingSessionId });
    const [made, wrong, read] = await kept(3);
    expect(made).toMatchObject({
      workspace_id: api.portal.merchant.workspaceId,
      method: 'POST',
      path: '/api/v1/signing',
      session_id: json.signingSessionId,
      status: 201,
      code: null,
      faults: [],
      has_idempotency_key: true,
      content_type: 'application/json',
      user_agent: 'loja/1.0',
    });
    expect(wrong).toMatchObject({ request_id: refused.json.requestId, status: 422, code: 'validation_failed' });
    expect(wrong?.faults).toEqual([
      { pointer: '/orderId', code: 'empty', details: { min: 1 } },
      { pointer: '/signerDetails/identity', code: 'cpf_check_digit' },
    ]);
    expect(read).toMatchObject({ path: '/api/v1/signing/{id}', session_id: json.signingSessionId, status: 200 });
    expect(read).toMatchObject({ has_idempotency_key: false, content_type: null });
  });

  test('that lacks the scope it is kept too: its owner has to find out', async () => {
    const reader = await api.doors.apiKey('sessions:read');
    await api.ask('createSigningSession', { apiKey: reader, body: createBody() });
    expect(await kept(1)).toMatchObject([{ status: 403, code: 'forbidden' }]);
  });

  test('a fault of ours is kept as one', async () => {
    const { signingSessionId: id } = await createdSession(api.portal);
    const repair = api.doors.breakKeyring();
    await api.askRaw('readSigningSession', { apiKey: key, id });
    repair();
    expect(await kept(1)).toMatchObject([{ status: 500, code: 'internal_error', session_id: id }]);
  });

  test('what stands in place of an id and is none is not kept', async () => {
    await api.ask('readSigningSession', { apiKey: key, id: person.identity });
    const [row] = await kept(1);
    expect(row).toMatchObject({ path: '/api/v1/signing/{id}', session_id: null, code: 'signing_session_not_found' });
  });
});

test('without a known key nothing is kept, nor of who holds a signed address', async () => {
  const { session } = await acceptedSession(api.portal);
  const id = session.signingSessionId;
  const read = await readSession(api.portal.ctx, api.portal.merchant, id);
  if (!read.ok || read.session.status !== 'COMPLETED') throw new Error('not signed');
  const query = new URL(read.session.documentUrl ?? '').search;
  await api.ask('readSigningSession', { id, apiKey: '' });
  await api.ask('readSigningSession', { id, apiKey: 'test_unknown' });
  expect((await api.askRaw('readDocument', { id, query, apiKey: '' })).response.status).toBe(200);
  // What is kept is kept in order, so that those before are not still to come.
  await api.ask('readDocument', { id, apiKey: key });
  const [row] = await kept(1);
  expect(row).toMatchObject({ path: '/api/v1/signing/{id}/document', status: 200 });
  expect(opened(row ?? {}).answered?.text).toMatch(/^\[application\/pdf not kept: \d+ bytes, SHA-256 [0-9a-f]{64}\]$/);
});

describe('in sandbox', () => {
  test('both bodies are kept, but the text of the contract only by its length and hash', async () => {
    const { json } = await create({}, { 'Idempotency-Key': crypto.randomUUID() });
    const [row] = await kept(1);
    const { sent, answered, shows } = opened(row ?? {});
    expect(sent?.text).toContain(person.name);
    expect(sent?.text).toContain(`[text not kept: ${Buffer.byteLength(text)} bytes, SHA-256 ${json.contract.sha256}]`);
    expect(answered?.text).toContain(json.redirectUrl);
    expect(shows).toEqual([json.signingSessionId]);
    expect(`${sent?.text}${answered?.text}`).not.toContain('jequitibá');
  });

  test('they are sealed: the row itself holds no word of them, no key and no idempotency key', async () => {
    await create({ orderId: 'pedido-raro' });
    const [row] = await kept(1);
    const bytes = Buffer.concat([Buffer.from(JSON.stringify(row)), row?.exchange_sealed]).toString('latin1');
    for (const word of ['Jaboticabeira', person.identity, 'pedido-raro', 'jequitib', key, secretKey])
      expect(bytes).not.toContain(word);
    expect(JSON.stringify(opened(row ?? {}))).not.toContain(key);
    expect(JSON.stringify(opened(row ?? {}))).not.toContain(secretKey);
  });

  test('a long body is cut at 16 KiB', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`m${index}`, 'ç'.repeat(500)]));
    await create({ metadata }, { 'Idempotency-Key': crypto.randomUUID() });
    const { sent } = opened((await kept(1))[0] ?? {});
    expect(sent?.isCut).toBe(true);
    expect(Buffer.byteLength(sent?.text ?? '')).toBeLessThanOrEqual(16 * 1024);
    expect(sent?.text.endsWith('ç')).toBe(true);
  });

  test('a body that is no JSON is not kept, since nobody knows what in it is the contract', async () => {
    await api.ask('createSigningSession', { apiKey: key, body: `{"contract":{"text":"${text.trim()}"` });
    const [row] = await kept(1);
    expect(row).toMatchObject({ status: 400, code: 'malformed_json' });
    expect(opened(row ?? {}).sent).toBeUndefined();
  });
});

test('in production no body is kept, and of nobody anything: only where the faults were', async () => {
  const toSandbox = api.doors.actAsProduction();
  await create({}, { 'Idempotency-Key': crypto.randomUUID() });
  await create({ signerDetails: { ...person, identity: person.identity.replace('09', '08') } });
  await create({ [person.identity]: person.name, [person.email]: '1' });
  await api.ask('listSigningSessions', { apiKey: key, query: `?orderId=${person.identity}&status=${person.name}` });
  toSandbox();
  const rows = await kept(4);
  expect(rows.map(({ exchange_sealed }) => exchange_sealed)).toEqual([null, null, null, null]);
  const told = JSON.stringify(rows);
  for (const word of ['Zulmira', 'zulmira', '123456789', '93987654321', 'jequitib', key, secretKey, 'Jaboticabeira'])
    expect(told).not.toContain(word);
  expect(rows[1]?.faults).toEqual([{ pointer: '/signerDetails/identity', code: 'cpf_check_digit' }]);
  expect(rows[2]?.faults.map(({ pointer }: Row) => pointer)).toEqual(['/…', '/…']);
});

test.each(['at once', 'when it writes'] as const)(
  'a recorder that fails %s harms no answer, and is counted',
  async (when) => {
    const before = api.doors.lostRecords();
    const repair = api.doors.breakRecorder(when);
    const { response } = await create({}, { 'Idempotency-Key': crypto.randomUUID() });
    repair();
    expect(response.status).toBe(201);
    await expect.poll(api.doors.lostRecords).toBe(before + 1);
  },
);
