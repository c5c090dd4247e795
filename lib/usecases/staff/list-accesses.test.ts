import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessFilter, listAccessRows } from '#lib/db/accesses.ts';
import type { Tx } from '#lib/db/database.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import { type AccessItem, accessList } from '#lib/schema/access-list.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { standAfterDate, unreadSession } from '#lib/testing/keeping.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { StaffActor } from '../context.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { readOwnDossier } from '../signer/read-own-dossier.ts';
import { downloadDossier } from './download-dossier.ts';
import { type AccessQuestion, listAccesses } from './list-accesses.ts';
import { readStaffSession } from './read-session.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  await portal.asOwner(
    `INSERT INTO staff_user (id, name, email, "createdAt", "updatedAt")
     VALUES ('ana', 'Ana Exemplo', 'ana@loja-exemplo.test', aceite_now(), aceite_now())`,
  );
  await portal.asOwner("INSERT INTO staff_members (user_id, workspace_id, role) VALUES ('ana', $1, 'operator')", [
    portal.merchant.workspaceId,
  ]);
});
afterAll(() => portal.end());

function staffAs(role: StaffRole, workspaceId = portal.merchant.workspaceId): StaffActor {
  return { userId: 'ana', workspaceId, role, request: requestFrom('203.0.113.9') };
}

async function pageOf(question: AccessQuestion) {
  const result = await listAccesses(portal.ctx, staffAs('auditor'), question);
  if (!result.ok) throw new Error(result.code);
  return accessList.parse(result.list);
}

/** All of it, page by page. */
async function everything(question: AccessQuestion): Promise<AccessItem[]> {
  const items: AccessItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf({ ...question, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

test('tells of one session who was given what, staff with name and reason and merchants with their key, newest first', async () => {
  const { session, signer } = await acceptedSession(portal);
  const sessionId = session.signingSessionId;
  const { ctx, merchant } = portal;
  await readStaffSession(ctx, staffAs('viewer'), sessionId);
  await downloadDossier(ctx, staffAs('operator'), sessionId, 'Processo 77');
  await readEvidence(ctx, merchant, sessionId);
  await readOwnDossier(ctx, signer);
  const { items, nextCursor } = await pageOf({ sessionId });
  expect(nextCursor).toBeNull();
  expect(items).toMatchObject([
    { by: 'signer', what: 'dossier', count: 1 },
    { by: 'merchant', what: 'evidence', apiKeyId: merchant.apiKeyId, keyName: expect.any(String) },
    { by: 'staff', what: 'dossier', userId: 'ana', name: 'Ana Exemplo', role: 'operator', reason: 'Processo 77' },
    { by: 'staff', what: 'session', name: 'Ana Exemplo' },
  ]);
  expect(items.map(({ signingSessionId }) => signingSessionId)).toEqual(items.map(() => sessionId));
  expect(items[1]).not.toHaveProperty('reason');
});

test('is read page by page, each access once, also where many fall in the same millisecond', async () => {
  const { signingSessionId: sessionId } = await createdSession(portal);
  for (const what of ['session', 'evidence', 'export'])
    await portal.asOwner(
      `INSERT INTO staff_accesses (session_id, workspace_id, user_id, what, occurred_at)
       SELECT $1, $2, 'ana', $3, '2026-03-01T10:00:00Z'::timestamptz + n % 2 * interval '1 second' FROM generate_series(1, 5) n`,
      [sessionId, portal.merchant.workspaceId, what],
    );
  for (const what of ['document', 'certificate', 'dossier'])
    await portal.asOwner(
      `INSERT INTO file_accesses (session_id, workspace_id, actor, what, day, first_at, last_at)
       VALUES ($1, $2, 'link_holder', $3, '2026-03-01', '2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z')`,
      [sessionId, portal.merchant.workspaceId, what],
    );
  const whole = await pageOf({ sessionId, limit: 100 });
  expect(whole.items).toHaveLength(18);
  for (const limit of [1, 4, 7]) expect(await everything({ sessionId, limit })).toEqual(whole.items);
  const from = new Date('2026-03-01T10:00:00Z');
  const to = new Date('2026-03-01T10:00:01Z');
  expect(await everything({ sessionId, from, to })).toEqual(whole.items.filter(({ at }) => at < to.toISOString()));
  expect(await everything({ sessionId, to: from })).toEqual([]);
  expect((await everything({ from, to: new Date('2026-03-02T00:00:00Z'), limit: 5 })).length).toBe(18);
});

test('a cursor that is none of ours shows the first page', async () => {
  const { session } = await acceptedSession(portal);
  await readDossier(portal.ctx, portal.merchant, session.signingSessionId);
  const question = { sessionId: session.signingSessionId };
  for (const cursor of ['', 'x', Buffer.from('1.staff.x').toString('base64url')])
    expect(await pageOf({ ...question, cursor })).toEqual(await pageOf(question));
});

test.each([
  ['viewer', false],
  ['operator', false],
  ['auditor', true],
  ['admin', true],
] as const)('a %s may see the list: %s', async (role, may) => {
  const { signingSessionId: sessionId } = await createdSession(portal);
  for (const question of [{}, { sessionId }])
    expect(await listAccesses(portal.ctx, staffAs(role), question)).toMatchObject(
      may ? { ok: true } : { ok: false, code: 'forbidden' },
    );
});

test('staff of another workspace see nothing of ours', async () => {
  const { session } = await acceptedSession(portal);
  await readEvidence(portal.ctx, portal.merchant, session.signingSessionId);
  const stranger = staffAs('admin', portal.stranger.workspaceId);
  expect(await listAccesses(portal.ctx, stranger, { sessionId: session.signingSessionId })).toEqual({
    ok: false,
    code: 'signing_session_not_found',
  });
  expect(await listAccesses(portal.ctx, stranger, {})).toEqual({ ok: true, list: { items: [], nextCursor: null } });
});

test('outlives the erasing of its session, without the reasons that may name somebody', async () => {
  const sessionId = await unreadSession(portal);
  await readEvidence(portal.ctx, portal.merchant, sessionId);
  await downloadDossier(portal.ctx, staffAs('operator'), sessionId, 'Pedido de Maria');
  await standAfterDate(portal, sessionId, 0);
  const [answer] = await portal.asOwner<{ said: string }>('SELECT erase_session($1, NULL) AS said', [sessionId]);
  expect(answer?.said).toBe('erased');
  const { items } = await pageOf({ sessionId });
  expect(items.map(({ by, what }) => `${by} ${what}`)).toEqual(['staff dossier', 'merchant evidence']);
  expect(JSON.stringify(items)).not.toContain('Maria');
});

describe('read by an index, in its order', () => {
  test.each([
    ['of a session', true],
    ['of the workspace', false],
  ])('%s', async (_, isOfSession) => {
    const { signingSessionId } = await createdSession(portal);
    const filter: AccessFilter = { limit: 26, ...(isOfSession && { sessionId: signingSessionId }) };
    const { workspaceId } = portal.merchant;
    const plan = await portal.ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
      let lines: string[] = [];
      const explained: Tx = {
        ...tx,
        rows: async ({ name, text }, values) => {
          for (const scan of ['seqscan', 'bitmapscan'])
            await tx.rows({ name: `no_${scan}`, text: `SET LOCAL enable_${scan} = off` }, []);
          const rows = await tx.rows<{ 'QUERY PLAN': string }>(
            { name: `explain_${name}`, text: `EXPLAIN (COSTS off) ${text}` },
            values,
          );
          lines = rows.map((row) => row['QUERY PLAN']);
          return [];
        },
      };
      await listAccessRows(explained, workspaceId, filter);
      return lines.join('\n');
    });
    const suffix = isOfSession ? ['session_time', 'session'] : ['time', 'time'];
    expect(plan).toContain(`Index Scan Backward using staff_accesses_by_${suffix[0]}`);
    expect(plan).toContain(`Index Scan Backward using file_accesses_by_${suffix[1]}`);
  });
});
