import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedSession, deliverToRest } from '#lib/testing/journey.ts';
import { rejectedSession } from '#lib/testing/keeping.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { reencode } from '#lib/testing/reencodes.ts';

const evidenceTables = [
  'acceptances',
  'certificates',
  'contracts',
  'delivery_attempts',
  'events',
  'lender_notices',
  'signer_details',
  'staff_accesses',
] as const;
/** The log's own: lib/usecases/system/grow-log.test.ts breaks them as it does these. */
const logTables = [
  'log_checkpoints',
  'log_cosignatures',
  'log_entries',
  'log_stamp_rounds',
  'log_statements',
  'log_time_stamps',
] as const;
/** Of no workspace: lib/db/backup-notes.test.ts. */
const installationTables = ['backup_notes'] as const;
/** Rows change along their state table, or count up, but none ever goes. */
const keptTables = [
  'deliveries',
  'file_accesses',
  'lender_notice_work',
  'lender_reencodes',
  'signing_sessions',
] as const;
/** Erasing alone empties them: lib/usecases/system/keep-and-erase.test.ts. */
const erasedTables = ['blind_indexes', 'tombstones'] as const;
const roles = ['aceite_app', 'aceite_worker', 'aceite_owner'] as const;

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  const { session } = await acceptedSession(portal);
  await deliverToRest(portal, session.signingSessionId);
  await logKeeper(portal).publish();
  const ids = [session.signingSessionId, portal.merchant.workspaceId];
  await portal.asOwner(
    `INSERT INTO delivery_attempts (id, session_id, workspace_id, kind, fence, counted, started_at, ended_at, outcome, reason)
     VALUES (gen_random_uuid(), $1, $2, 'submit', 1, true, aceite_now(), aceite_now(), 'delivered', 'signature_received')`,
    ids,
  );
  await portal.asOwner(`INSERT INTO staff_user ("id", "name", "email", "createdAt", "updatedAt")
    VALUES ('staff-1', 'Equipe', 'equipe@exemplo.com.br', aceite_now(), aceite_now())`);
  await reencode(portal, await rejectedSession(portal), { type: 'data-signature' }, 'left open');
  await portal.asOwner(
    `INSERT INTO staff_accesses (session_id, workspace_id, user_id, what) VALUES ($1, $2, 'staff-1', 'session')`,
    ids,
  );
  await portal.asOwner(
    `WITH notice AS (INSERT INTO lender_notices (id, session_id, workspace_id, webhook_type, state)
       VALUES (gen_random_uuid(), $1, $2, 'debt', 'signed') RETURNING id)
     INSERT INTO lender_notice_work (notice_id, session_id, workspace_id) SELECT id, $1, $2 FROM notice`,
    ids,
  );
  await portal.asOwner(
    `INSERT INTO file_accesses (session_id, workspace_id, actor, what, day, first_at, last_at)
     SELECT $1, $2, 'signer', 'dossier', (aceite_now() AT TIME ZONE 'UTC')::date, aceite_now(), aceite_now()`,
    ids,
  );
});
afterAll(async () => {
  await portal.asOwner('RESET ROLE');
  await portal.end();
});

/** The words of the refusal, or what the statement did. */
async function attempt(role: string, sql: string): Promise<string> {
  await portal.asOwner(`SET ROLE ${role}`);
  return portal.asOwner(sql).then(
    (rows) => `done: ${rows.length} rows`,
    (error: Error) => error.message,
  );
}

const refusal = /evidence and append-only|permission denied|and final|cannot truncate/;

describe.each(roles)('as %s', (role) => {
  describe.each(evidenceTables)('evidence in %s', (table) => {
    test('is there, so that a refusal means something', async () => {
      await portal.asOwner('RESET ROLE');
      expect((await portal.asOwner(`SELECT FROM ${table}`)).length).toBeGreaterThan(0);
    });

    test.each([
      `UPDATE ${table} SET workspace_id = workspace_id`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ])('refuses %s', async (sql) => {
      expect(await attempt(role, sql)).toMatch(refusal);
    });
  });

  describe.each(keptTables)('%s', (table) => {
    test.each([`DELETE FROM ${table}`, `TRUNCATE ${table}`, `TRUNCATE ${table} CASCADE`])('refuse %s', async (sql) => {
      expect(await attempt(role, sql)).toMatch(refusal);
    });
  });

  test('a final session refuses every change', async () => {
    const sql = `UPDATE signing_sessions SET closing_words_sealed = NULL, status = status WHERE status = 'COMPLETED'`;
    expect(await attempt(role, sql)).toMatch(refusal);
  });
});

test('exactly these tables are append-only, so that a new one is a decision', async () => {
  await portal.asOwner('RESET ROLE');
  const rows = await portal.asOwner<{ tables: string[] }>(
    `SELECT array_agg(tgrelid::regclass::text ORDER BY 1) AS tables FROM pg_trigger WHERE tgname = 'append_only'`,
  );
  expect(rows[0]?.tables.toSorted()).toEqual(
    [...evidenceTables, ...erasedTables, ...installationTables, ...logTables].toSorted(),
  );
});

test.each([
  ['aceite_app', 'UPDATE deliveries SET status = status'],
  ['aceite_app', 'UPDATE session_keys SET wrapped_key = wrapped_key'],
  ['aceite_app', 'DELETE FROM session_keys'],
  ['aceite_app', 'UPDATE signing_sessions SET debt_key = debt_key'],
  ['aceite_worker', 'DELETE FROM session_keys'],
  ['aceite_worker', 'UPDATE session_keys SET session_id = session_id'],
  ['aceite_worker', 'DELETE FROM retired_wrapping_keys'],
  ['aceite_worker', 'UPDATE signing_sessions SET receipt_code = receipt_code'],
  ['aceite_worker', 'UPDATE deliveries SET body_sealed = body_sealed'],
  ['aceite_worker', 'UPDATE deliveries SET fence = fence'],
  ['aceite_app', 'UPDATE lender_reencodes SET body_sealed = body_sealed'],
  ['aceite_worker', "UPDATE lender_reencodes SET outcome = 'approved'"],
  ['aceite_worker', 'INSERT INTO lender_reencodes DEFAULT VALUES'],
  ['aceite_worker', 'INSERT INTO acceptances DEFAULT VALUES'],
  ['aceite_app', 'UPDATE file_accesses SET first_at = first_at'],
  ['aceite_worker', 'UPDATE file_accesses SET count = count + 1'],
  ['aceite_app', 'UPDATE api_requests SET code = code'],
  ['aceite_app', 'DELETE FROM api_requests'],
  ['aceite_worker', 'SELECT FROM api_requests'],
  ['aceite_worker', 'SELECT FROM drafts, idempotency_keys'],
  ['aceite_retention', 'SELECT FROM signing_sessions'],
])('%s has no right to %s', async (role, sql) => {
  expect(await attempt(role, sql)).toMatch(/permission denied/);
  await portal.asOwner('RESET ROLE');
});
