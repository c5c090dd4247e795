import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiScopes } from '#lib/domain/roles.ts';
import { problemExample } from '#lib/schema/examples/problem-example.ts';
import { operations } from '#lib/schema/operations.ts';
import { createBody, type DescribedApi, startDescribedApi } from '#lib/testing/described-api.ts';
import { acceptedSession, createdSession, openedBy } from '#lib/testing/journey.ts';
import { declineContract } from '#lib/usecases/signer/decline-contract.ts';

let api: DescribedApi;
beforeAll(async () => {
  api = await startDescribedApi();
});
afterAll(() => api.end());

const unknownId = '00000000-0000-4000-8000-000000000000';

const guarded = operations.filter(({ scope }) => scope !== undefined);
const writing = guarded.filter(({ body }) => body !== undefined);
const aboutOne = guarded.filter(({ path }) => path.includes('{id}'));

describe.each(operations)('$id', ({ id, success }) => {
  test(`answers ${success.status} to a valid request`, async () => {
    const { response } = await api.ask(id, await api.validAsk(id));
    expect(response.status).toBe(success.status);
  });
});

describe.each(guarded)('$id', ({ id, scope }) => {
  test.each(['', 'unknown', 'with space', 'ключ'.normalize(), 'x'.repeat(300)])(
    'refuses the key "%s"',
    async (wrong) => {
      const apiKey = encodeURI(wrong).replaceAll('%20', ' ');
      expect((await api.ask(id, { ...(await api.validAsk(id)), apiKey })).code).toBe('unauthorized');
    },
  );

  test('refuses a key that lacks the scope and names it, before anything about the request', async () => {
    const others = (['sessions:read', 'sessions:write', 'evidence:read'] as const).filter((other) => other !== scope);
    const apiKey = await api.doors.apiKey(...others);
    const body = id.startsWith('create') ? '{' : undefined;
    const { code, json } = await api.ask(id, { apiKey, id: unknownId, body });
    expect([code, json.missingScope]).toEqual(['forbidden', scope]);
  });

  test('answers 429 with Retry-After and the limit when its key has no calls left, and only that key', async () => {
    const asked = await api.validAsk(id);
    const [apiKey, other] = [await api.doors.apiKey(...apiScopes), await api.doors.apiKey(...apiScopes)];
    await api.ask(id, { ...(await api.validAsk(id)), apiKey });
    await api.portal.asOwner("UPDATE rate_limit_buckets SET full_at = aceite_now() + interval '5 minutes'");
    const { code, response } = await api.ask(id, { ...asked, apiKey });
    expect([code, Number(response.headers.get('retry-after')) > 0]).toEqual(['rate_limited', true]);
    expect(response.headers.get('ratelimit')).toMatch(/^"api_(?:read|write)";r=0;t=\d{3}$/);
    const answered = await api.ask(id, { ...asked, apiKey: other });
    expect([answered.code, answered.response.headers.get('ratelimit')]).toEqual([
      'success',
      expect.stringMatching(/^"api_(?:read|write)";r=\d+;t=1$/),
    ]);
    await api.portal.asOwner('DELETE FROM rate_limit_buckets');
  });

  test('refuses an unknown query parameter by name', async () => {
    const { code, json } = await api.ask(id, { ...(await api.validAsk(id)), query: '?verbose=1' });
    expect([code, json.errors[0].pointer, json.errors[0].code]).toEqual([
      'validation_failed',
      '/verbose',
      'unknown_field',
    ]);
  });

  test('answers 503 with Retry-After while the database is away, in the language asked for', async () => {
    const asked = await api.validAsk(id);
    const plugIn = api.doors.unplugDatabase();
    const { code, response, json } = await api
      .ask(id, { ...asked, headers: { 'Accept-Language': 'pt' } })
      .finally(plugIn);
    expect([code, response.headers.get('retry-after'), json.title]).toEqual([
      'temporarily_unavailable',
      '5',
      'Indisponível no momento',
    ]);
  });
});

describe.each(aboutOne)('$id', ({ id }) => {
  test.each([unknownId, 'nope', '%00', "' OR 1=1"])('knows no session %s', async (unknown) => {
    expect((await api.ask(id, { id: unknown })).code).toBe('signing_session_not_found');
  });
});

describe.each(writing)('$id', ({ id }) => {
  test.each<[string, unknown]>([
    ['a half object', '{'],
    ['two values', '{} {}'],
    ['a name twice', '{"a":1,"a":2}'],
    ['a name twice under an escape', '{"a":1,"\\u0061":2}'],
    ['21 levels', `${'['.repeat(21)}${']'.repeat(21)}`],
    ['a byte order mark', '\ufeff{}'],
    ['broken UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['an overlong NUL', new Uint8Array([0x22, 0xc0, 0x80, 0x22])],
  ])('refuses %s as malformed', async (_, body) => {
    expect((await api.ask(id, { ...(await api.validAsk(id)), body })).code).toBe('malformed_json');
  });

  test.each([
    { 'Content-Encoding': 'gzip' },
    { 'Content-Encoding': 'identity' },
    { 'Content-Type': 'text/plain' },
    { 'Content-Type': 'application/json; charset=latin1' },
  ])('refuses %o', async (headers) => {
    expect((await api.ask(id, { body: '{}', ...(await api.validAsk(id)), headers })).code).toBe(
      'unsupported_media_type',
    );
  });

  test('refuses 5 MB', async () => {
    const body = JSON.stringify({ reason: 'a'.repeat(5_000_000) });
    expect((await api.ask(id, { ...(await api.validAsk(id)), body })).code).toBe('payload_too_large');
  });

  test.each(['', 'with space', 'a'.repeat(257), '"open', 'é'])('refuses the idempotency key "%s"', async (wrong) => {
    const headers = { 'X-Idempotency-Key': wrong };
    expect((await api.ask(id, { ...(await api.validAsk(id)), headers })).code).toBe('idempotency_key_invalid');
  });

  test('refuses two idempotency keys that differ', async () => {
    const headers = { 'X-Idempotency-Key': 'a', 'Idempotency-Key': 'b' };
    expect((await api.ask(id, { ...(await api.validAsk(id)), headers })).code).toBe('idempotency_key_invalid');
  });

  test('answers a repeat with the same status and bytes, and says so', async () => {
    const asked = await api.validAsk(id);
    const first = await api.ask(id, { ...asked, headers: { 'X-Idempotency-Key': `repeat-${id}` } });
    const again = await api.ask(id, { ...asked, headers: { 'Idempotency-Key': `"repeat-${id}"` } });
    expect(again.text).toBe(first.text);
    expect(
      [first, again].map(({ response }) => [response.status, response.headers.get('idempotency-replayed')]),
    ).toEqual([
      [first.response.status, null],
      [first.response.status, 'true'],
    ]);
  });

  test('refuses the key of another request, and says since when it is taken', async () => {
    const headers = { 'X-Idempotency-Key': `taken-${id}` };
    await api.ask(id, { ...(await api.validAsk(id)), headers });
    const { code, json } = await api.ask(id, { ...(await api.validAsk(id)), headers });
    expect([code, Date.parse(json.firstUsedAt) > 0]).toEqual(['idempotency_key_reused', true]);
  });

  test('says so while the first request with the key is running', async () => {
    const release = await holdKey(`running-${id}`);
    const headers = { 'X-Idempotency-Key': `running-${id}` };
    const { code, response } = await api.ask(id, { ...(await api.validAsk(id)), headers }).finally(release);
    expect([code, response.headers.get('retry-after')]).toEqual(['idempotency_in_progress', '1']);
  });

  test('an invalid request burns no key', async () => {
    const headers = { 'X-Idempotency-Key': `burnt-${id}` };
    const asked = await api.validAsk(id);
    expect((await api.ask(id, { ...asked, body: { unknown: 1 }, headers })).code).toBe('validation_failed');
    expect((await api.ask(id, { ...asked, headers })).code).toBe('success');
  });
});

/** Another process that has taken the key and has not committed. */
async function holdKey(idempotencyKey: string): Promise<() => Promise<void>> {
  const other = new pg.Client({ connectionString: api.portal.ownerUrl });
  await other.connect();
  await other.query('BEGIN');
  await other.query(`SELECT set_config('aceite.workspace', $1, true)`, [api.portal.merchant.workspaceId]);
  await other.query('INSERT INTO idempotency_keys (workspace_id, key, fingerprint) VALUES ($1, $2, $3)', [
    api.portal.merchant.workspaceId,
    idempotencyKey,
    Buffer.alloc(32),
  ]);
  return () => other.end();
}

describe('create', () => {
  test.each<[string, Record<string, unknown>]>([
    ['contract_text_invalid', { contract: { title: 'T', text: 'a\u202eb' } }],
    ['contract_hash_mismatch', { contract: { title: 'T', text: 'a', sha256: '0'.repeat(64) } }],
    ['return_url_not_allowed', { returnUrl: 'https://other.example/' }],
  ])('answers %s', async (code, changes) => {
    expect((await api.ask('createSigningSession', { body: createBody(changes) })).code).toBe(code);
  });

  test('refuses a second open session for the same debt and names the first', async () => {
    const open = await createdSession(api.portal);
    const { code, json } = await api.ask('createSigningSession', { body: createBody({ debtKey: open.debtKey }) });
    expect([code, json.signingSessionId]).toEqual(['session_already_open', open.signingSessionId]);
  });

  test('refuses a debt that has been signed and names the session', async () => {
    const { session: signed } = await acceptedSession(api.portal);
    const { code, json } = await api.ask('createSigningSession', { body: createBody({ debtKey: signed.debtKey }) });
    expect([code, json.signingSessionId]).toEqual(['debt_already_signed', signed.signingSessionId]);
  });
});

test('cancel names what stands in the way', async () => {
  const { session: signed } = await acceptedSession(api.portal);
  const declined = await createdSession(api.portal);
  await declineContract(api.portal.ctx, await openedBy(api.portal.ctx, declined.token), { reason: '' });
  expect((await api.ask('cancelSigningSession', { id: signed.signingSessionId })).code).toBe('session_completed');
  expect((await api.ask('cancelSigningSession', { id: declined.signingSessionId })).code).toBe(
    'session_not_cancellable',
  );
});

test('the signed contract is not there before COMPLETED', async () => {
  const { signingSessionId: id } = await createdSession(api.portal);
  expect((await api.ask('readDocument', { id })).code).toBe('document_not_available');
});

test('every documented code of every operation was produced above, and no other', () => {
  const documented = operations.flatMap(({ id, errors }) => ['success', ...errors].map((code) => `${id} ${code}`));
  expect([...api.produced].sort()).toEqual([...new Set(documented)].sort());
});

test('every example of a refusal says what such a refusal really says', () => {
  const codes = new Set(operations.flatMap(({ errors }) => errors));
  for (const code of codes) {
    const shown = Object.keys(problemExample(code, 'https://portal.example/docs'));
    expect([...(api.said.get(code) ?? [])], code).toEqual(expect.arrayContaining(shown));
  }
});
