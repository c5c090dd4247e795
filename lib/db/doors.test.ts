import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';

/** The functions that see past the wall. What each answers and who may call it is named here, so that a new one is a decision. */
const doors: Record<string, { answers: string; callers: string[]; owner?: string }> = {
  find_api_key: {
    answers: 'api_key_id, workspace_id, scopes, return_origins, allowed_addresses, is_use_due',
    callers: ['aceite_app'],
  },
  note_api_key_use: { answers: 'void', callers: ['aceite_app'] },
  find_session: { answers: 'session_id, workspace_id', callers: ['aceite_app'] },
  find_session_by_link: { answers: 'session_id, workspace_id, link_issue', callers: ['aceite_app'] },
  find_session_by_receipt: { answers: 'session_id, workspace_id', callers: ['aceite_app'] },
  find_staff_memberships: { answers: 'workspace_id, role', callers: ['aceite_app'] },
  find_debt_holders: { answers: 'workspace_id, is_signed', callers: ['aceite_app', 'aceite_worker'] },
  find_workspaces: { answers: 'workspace_id', callers: ['aceite_app'] },
  delivery_figures: { answers: 'status, how_many, oldest_seconds', callers: ['aceite_app'] },
  find_lender_credentials: { answers: 'workspace_id', callers: ['aceite_app'] },
  find_debt_sessions: { answers: 'session_id, workspace_id', callers: ['aceite_app'] },
  notice_figures: { answers: 'unworked, oldest_seconds', callers: ['aceite_app'] },
  claim_notices: { answers: 'notice_id, session_id, workspace_id', callers: ['aceite_worker'] },
  // Asked by `claim_delivery` alone.
  admit_to_lender: { answers: 'text', callers: [] },
  note_lender_calls: { answers: 'void', callers: ['aceite_worker'] },
  lender_breaker_figures: { answers: 'host, is_open, failed_recently', callers: ['aceite_app'] },
  find_undelivered: { answers: 'session_id, workspace_id', callers: ['aceite_worker'] },
  delivery_alarm_figures: { answers: 'alarm, how_many', callers: ['aceite_app'] },
  find_lapsed_sessions: { answers: 'session_id, workspace_id', callers: ['aceite_worker'] },
  claim_delivery: { answers: 'session_id, workspace_id, fence, host, is_probe', callers: ['aceite_worker'] },
  find_paused_deliveries: { answers: 'session_id, workspace_id', callers: ['aceite_worker'] },
  claim_webhook: {
    answers: 'endpoint_id, event_id, workspace_id, fence, claimed_at',
    callers: ['aceite_worker'],
  },
  prune_webhooks: { answers: 'integer', callers: ['aceite_worker'] },
  claim_certificates: { answers: 'session_id, workspace_id', callers: ['aceite_worker'] },
  pick_for_drill: { answers: 'session_id, workspace_id', callers: ['aceite_worker'] },
  prune_idempotency_keys: { answers: 'integer', callers: ['aceite_worker'] },
  prune_api_requests: { answers: 'integer', callers: ['aceite_worker'] },
  wrapping_key_uses: { answers: 'wrapping_key_id, how_many', callers: ['aceite_app'] },
  retire_wrapping_key: { answers: 'bigint', callers: ['aceite_worker'] },
  find_ended_keeping: { answers: 'session_id, workspace_id, keep_until', callers: ['aceite_worker'] },
  queue_event_for_log: { answers: 'trigger', callers: [] },
  queue_reencoded: { answers: 'trigger', callers: [] },
  erase_session: { answers: 'text', callers: ['aceite_retention'], owner: 'aceite_eraser' },
};

type Door = {
  name: string;
  answers: string;
  owner: string;
  settings: string[];
  callers: string[];
  is_public: boolean;
};

let portal: TestPortal;
let found: Door[];
beforeAll(async () => {
  portal = await startTestPortal();
  // The clock of sandbox and test databases is the only other function that runs with its owner's rights.
  found = await portal.asOwner<Door>(
    `SELECT p.proname AS name, p.proowner::regrole::text AS owner, p.proconfig AS settings,
       has_function_privilege('public', p.oid, 'EXECUTE') AS is_public,
       coalesce((SELECT string_agg(n, ', ' ORDER BY i) FROM unnest(p.proargnames) WITH ORDINALITY a(n, i)
         WHERE p.proargmodes[i] = 't'), pg_get_function_result(p.oid)) AS answers,
       ARRAY(SELECT r FROM unnest(ARRAY['aceite_app', 'aceite_worker', 'aceite_retention']) r
         WHERE has_function_privilege(r, p.oid, 'EXECUTE')) AS callers
     FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND p.proname <> 'aceite_move_clock'`,
  );
});
afterAll(() => portal.end());

test('there are no other doors than these', () => {
  expect(found.map(({ name }) => name).toSorted()).toEqual(Object.keys(doors).toSorted());
});

describe.each(Object.entries(doors))('%s', (name, expected) => {
  const door = () => found.find((candidate) => candidate.name === name);

  test('answers ids and the workspace, nothing that a person wrote', () => {
    expect(door()?.answers).toBe(expected.answers);
  });

  test('is called by the role that needs it, and by nobody else', () => {
    expect(door()?.callers).toEqual(expected.callers);
    expect(door()?.is_public).toBe(false);
  });

  test('runs as the role that owns nothing else, and finds only our own tables', () => {
    expect(door()?.owner).toBe(expected.owner ?? 'aceite_lookup');
    expect(door()?.settings).toEqual(['search_path=pg_catalog, public, pg_temp']);
  });
});

test.each(['aceite_lookup', 'aceite_eraser'])('nobody who logs in can become %s', async (role) => {
  await expect(portal.ctx.db.pool.query(`SET ROLE ${role}`)).rejects.toThrow(/permission denied to set role/);
  await expect(portal.asOwner(`SET ROLE ${role}`)).rejects.toThrow(/permission denied to set role/);
});

async function rightsOf(role: string): Promise<string[]> {
  const rights = await portal.asOwner<{ right: string }>(
    `SELECT table_name || ' ' || string_agg(privilege_type, ' ' ORDER BY privilege_type) AS right
     FROM information_schema.table_privileges WHERE grantee = $1 GROUP BY table_name ORDER BY table_name`,
    [role],
  );
  return rights.map(({ right }) => right);
}

test('the role that erases deletes what holds a person, and nothing of the skeleton', async () => {
  expect(await rightsOf('aceite_eraser')).toEqual([
    'acceptances DELETE SELECT',
    'blind_indexes DELETE SELECT',
    'certificate_queue DELETE SELECT',
    'certificates DELETE SELECT',
    'contracts DELETE SELECT',
    'deliveries SELECT',
    'delivery_attempts SELECT',
    'drafts DELETE SELECT',
    'erasure_requests SELECT',
    'events INSERT SELECT',
    'legal_holds SELECT',
    'lender_notices SELECT',
    'lender_reencodes DELETE SELECT',
    'session_keys DELETE SELECT',
    'signer_details DELETE SELECT',
    'signing_sessions SELECT',
    'staff_accesses SELECT',
    'tombstones INSERT SELECT',
  ]);
});

test('the role behind the doors reads and changes no more than they need', async () => {
  expect(await rightsOf('aceite_lookup')).toEqual([
    'api_keys SELECT',
    'api_requests DELETE SELECT',
    'certificate_queue SELECT UPDATE',
    'deliveries SELECT UPDATE',
    'idempotency_keys DELETE SELECT',
    'lender_breakers INSERT SELECT UPDATE',
    'lender_notice_work SELECT UPDATE',
    'lender_notices SELECT',
    'lender_reencodes SELECT',
    'log_queue INSERT',
    'retired_wrapping_keys INSERT SELECT',
    'signing_sessions SELECT',
    'staff_members SELECT',
    'webhook_deliveries SELECT',
    'webhook_endpoints SELECT',
    'webhook_events DELETE SELECT',
    'workspaces SELECT',
  ]);
});

test('what a door does not find it answers with nothing, whoever asks', async () => {
  await acceptedSession(portal);
  const ask = async (sql: string, value: unknown) => (await portal.ctx.db.pool.query(sql, [value])).rows;
  expect(await ask('SELECT * FROM find_session($1)', crypto.randomUUID())).toEqual([]);
  expect(await ask('SELECT * FROM find_session_by_link($1)', Buffer.alloc(32))).toEqual([]);
  expect(await ask('SELECT * FROM find_session_by_receipt($1)', '2222-2222-2222')).toEqual([]);
  expect(await ask('SELECT * FROM find_debt_holders($1)', crypto.randomUUID())).toEqual([]);
  expect(await ask('SELECT * FROM find_debt_sessions($1)', crypto.randomUUID())).toEqual([]);
  expect(await ask('SELECT * FROM find_lender_credentials($1)', Buffer.alloc(32))).toEqual([]);
  expect(await ask('SELECT * FROM find_api_key($1)', Buffer.alloc(32))).toEqual([]);
  expect(await ask('SELECT * FROM find_staff_memberships($1)', 'nobody')).toEqual([]);
});

test('a connection that dies in the middle takes its work back, and the next call has a new one', async () => {
  const { workspaceId } = portal.merchant;
  const { db } = portal.ctx;
  const self = { name: 'self', text: 'SELECT pg_backend_pid() AS pid' };
  const rename = { name: 'rename', text: "UPDATE workspaces SET name = 'lost'" };
  const work = db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    await tx.rows(rename, []);
    const backend = await tx.row<{ pid: number }>(self, []);
    await db.pool.query('SELECT pg_terminate_backend($1)', [backend?.pid]);
    return tx.rows(self, []);
  });
  await expect(work).rejects.toThrow();
  const name = { name: 'name', text: 'SELECT name FROM workspaces' };
  const after = await db.transaction({ role: 'aceite_app', workspaceId }, (tx) => tx.row(name, []));
  expect(after).toEqual({ name: 'Loja Exemplo' });
});
