import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { staffRoles } from '#lib/domain/roles.ts';
import { createBody, type DescribedApi, startDescribedApi } from '#lib/testing/described-api.ts';
import { maria } from '#lib/testing/journey.ts';
import { requestFrom } from '#lib/testing/portal.ts';
import type { StaffActor } from '../context.ts';
import { pruneRequests } from '../system/prune-requests.ts';
import { listRequests } from './list-requests.ts';
import { readRequest } from './read-request.ts';

let api: DescribedApi;
let staff: StaffActor;
beforeAll(async () => {
  api = await startDescribedApi();
  const { workspaceId } = api.portal.merchant;
  staff = { userId: 'staff-1', workspaceId, role: 'operator', request: requestFrom() };
  await api.portal.asOwner(`INSERT INTO staff_user ("id", "name", "email", "createdAt", "updatedAt")
    VALUES ('staff-1', 'Equipe', 'equipe@exemplo.com.br', aceite_now(), aceite_now())`);
});
afterAll(() => api.end());
beforeEach(async () => {
  await api.portal.asOwner('TRUNCATE api_requests');
});

async function list(question = {}, actor = staff) {
  const result = await listRequests(api.portal.ctx, actor, question);
  if (!result.ok) throw new Error(result.code);
  return result.list;
}

async function read(requestId: string) {
  const result = await readRequest(api.portal.ctx, staff, requestId);
  if (!result.ok) throw new Error(result.code);
  return result.request;
}

/** The list, once there are so many. */
async function listed(howMany: number) {
  await expect.poll(async () => (await list()).items.length).toBe(howMany);
  return (await list()).items;
}

const create = (changes = {}) => api.ask('createSigningSession', { body: createBody(changes) });

/** So many kept requests of a workspace, without their calls. */
async function fill(workspaceId: string, apiKeyId: string, howMany: number): Promise<void> {
  await api.portal.asOwner(
    `INSERT INTO api_requests (workspace_id, request_id, api_key_id, answered_at, duration_ms, method, path, status, faults, has_idempotency_key)
     SELECT $1, 'req_' || n, $2, aceite_now(), 1, 'GET', '/api/v1/signing', 200, '[]', false FROM generate_series(1, $3) n`,
    [workspaceId, apiKeyId, howMany],
    workspaceId,
  );
}

const countIn = async (workspaceId: string) =>
  (await api.portal.asOwner('SELECT FROM api_requests WHERE workspace_id = $1', [workspaceId], workspaceId)).length;

describe('the list', () => {
  test('shows the newest first, with the session, the end of the key and the code', async () => {
    const { json } = await create();
    const refused = await create({ orderId: '' });
    expect(await listed(2)).toEqual([
      expect.objectContaining({ requestId: refused.json.requestId, status: 422, code: 'validation_failed' }),
      expect.objectContaining({
        path: '/api/v1/signing',
        sessionId: json.signingSessionId,
        status: 201,
        key: expect.stringMatching(/^test_….{4}$/),
      }),
    ]);
  });

  test('puts the id of a session into its address', async () => {
    const id = crypto.randomUUID();
    await api.ask('readSigningSession', { id });
    expect(await listed(1)).toMatchObject([{ path: `/api/v1/signing/${id}`, status: 404 }]);
  });

  test('is filtered by the class of the status and by the id of the request', async () => {
    await create();
    const { json } = await create({ orderId: '' });
    await listed(2);
    const statuses = async (question: object) => (await list(question)).items.map(({ status }) => status);
    expect(await statuses({ status: 2 })).toEqual([201]);
    expect(await statuses({ status: 4 })).toEqual([422]);
    expect(await statuses({ status: 5 })).toEqual([]);
    expect(await statuses({ requestId: json.requestId })).toEqual([422]);
    expect(await statuses({ requestId: json.requestId, status: 2 })).toEqual([]);
    expect(await statuses({ requestId: `\u0000${'ÿ'.repeat(300)}` })).toEqual([]);
  });

  test('leads page by page to the oldest, each once', async () => {
    const { workspaceId, apiKeyId } = api.portal.merchant;
    await fill(workspaceId, apiKeyId, 101);
    const first = await list();
    const second = await list({ before: first.olderCursor ?? '' });
    const third = await list({ before: second.olderCursor ?? '' });
    const ids = [first, second, third].map(({ items }) => items.map(({ requestId }) => requestId));
    expect(ids.map(({ length }) => length)).toEqual([50, 50, 1]);
    expect(ids.flat()).toEqual(Array.from({ length: 101 }, (_, index) => `req_${101 - index}`));
    expect(third.olderCursor).toBeNull();
    expect((await list({ before: 'x' })).items).toEqual(first.items);
  });
});

test.each(staffRoles)('as %s: operators and admins see requests, nobody else', async (role) => {
  await create();
  const [{ requestId = '' } = {}] = await listed(1);
  const may = role === 'operator' || role === 'admin';
  const actor = { ...staff, role };
  expect((await listRequests(api.portal.ctx, actor, {})).ok).toBe(may);
  expect((await readRequest(api.portal.ctx, actor, requestId)).ok).toBe(may);
  if (!may) expect(await readRequest(api.portal.ctx, actor, requestId)).toEqual({ ok: false, code: 'forbidden' });
});

describe('one request', () => {
  test('shows what was sent and answered, and why it was refused', async () => {
    const { json } = await create({ orderId: '', metadata: { vendedor: 'Ana' } });
    await listed(1);
    const request = await read(json.requestId);
    expect(request.faults).toEqual([{ pointer: '/orderId', code: 'empty', details: { min: 1 } }]);
    expect(request.exchange?.sent?.text).toContain('"vendedor": "Ana"');
    expect(request.exchange?.answered?.text).toContain('"code": "validation_failed"');
  });

  test('is written down for each session of which its bodies tell, before they are shown', async () => {
    const { json: one } = await create({ signerDetails: maria });
    const { json: other } = await create({ signerDetails: maria });
    await api.ask('listSigningSessions');
    const [{ requestId = '' } = {}] = await listed(3);
    const before = await accesses();
    await read(requestId);
    const added = (await accesses()).slice(before.length);
    expect(added.map(({ session_id }) => session_id)).toEqual(
      expect.arrayContaining([one.signingSessionId, other.signingSessionId]),
    );
    expect(new Set(added.map(({ what, user_id }) => `${what} ${user_id}`))).toEqual(new Set(['session staff-1']));
  });

  test('in production shows no body, and is no access to anybody', async () => {
    await create({ signerDetails: maria });
    const [{ requestId = '' } = {}] = await listed(1);
    const before = await accesses();
    const result = await readRequest({ ...api.portal.ctx, isSandbox: false }, staff, requestId);
    expect(result).toMatchObject({ ok: true, request: { key: expect.stringMatching(/^live_…/) } });
    expect(result.ok && result.request.exchange).toBeUndefined();
    expect(await accesses()).toEqual(before);
  });

  test('whose key is gone shows its facts all the same', async () => {
    await create();
    const [{ requestId = '' } = {}] = await listed(1);
    await api.portal.asOwner("UPDATE api_requests SET exchange_sealed = 'x'");
    const request = await read(requestId);
    expect([request.status, request.exchange]).toEqual([201, undefined]);
  });

  test.each(['', 'req_unknown', "'; --", '\u0000', 'ÿ'.repeat(300)])('%j names none', async (id) => {
    const answer = await readRequest(api.portal.ctx, staff, id);
    expect(answer).toEqual({ ok: false, code: 'request_not_found' });
  });
});

test('staff of another workspace see nothing of it', async () => {
  const { json } = await create({ orderId: '' });
  await listed(1);
  const stranger = { ...staff, workspaceId: api.portal.stranger.workspaceId, role: 'admin' as const };
  expect((await list({}, stranger)).items).toEqual([]);
  expect((await list({ requestId: json.requestId }, stranger)).items).toEqual([]);
  expect(await readRequest(api.portal.ctx, stranger, json.requestId)).toMatchObject({ ok: false });
});

describe('the sweep', () => {
  test('leaves each workspace its newest thousand', async () => {
    const { merchant, stranger, ctx } = api.portal;
    await fill(merchant.workspaceId, merchant.apiKeyId, 1_003);
    await fill(stranger.workspaceId, stranger.apiKeyId, 1_000);
    expect(await pruneRequests(ctx)).toBe(3);
    expect([await countIn(merchant.workspaceId), await countIn(stranger.workspaceId)]).toEqual([1_000, 1_000]);
    expect((await list()).items[0]?.requestId).toBe('req_1003');
    expect((await list({ requestId: 'req_3' })).items).toEqual([]);
    expect(await pruneRequests(ctx)).toBe(0);
  });

  test('forgets what is a week old', async () => {
    const { merchant, ctx } = api.portal;
    await fill(merchant.workspaceId, merchant.apiKeyId, 3);
    await api.portal.advanceClock(7 * 86_400_000 - 60_000);
    expect(await pruneRequests(ctx)).toBe(0);
    await api.portal.advanceClock(120_000);
    expect(await pruneRequests(ctx)).toBe(3);
    expect(await countIn(merchant.workspaceId)).toBe(0);
  });
});

type Access = { session_id: string; what: string; user_id: string };

function accesses(): Promise<Access[]> {
  return api.portal.asOwner<Access>('SELECT session_id, what, user_id FROM staff_accesses ORDER BY position');
}
