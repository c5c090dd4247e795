import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { declinedSession, standAfterDate } from '#lib/testing/keeping.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';

/** Somebody who began before a session was erased, and writes when it is gone. */

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const writes = {
  certificates: `INSERT INTO certificates (session_id, workspace_id, through_hash, kind, checkpoint_size, pdf_sealed)
    SELECT id, workspace_id, sha256('x'), 'shared', 1, 'x' FROM signing_sessions WHERE id = $1`,
  signer_details: `INSERT INTO signer_details (session_id, workspace_id, version, set_by, details_sealed)
    SELECT id, workspace_id, 9, 'signer', 'x' FROM signing_sessions WHERE id = $1`,
  blind_indexes: `INSERT INTO blind_indexes (session_id, workspace_id, field, digest)
    SELECT id, workspace_id, 'email', sha256('x') FROM signing_sessions WHERE id = $1`,
  lender_notices: `INSERT INTO lender_notices (id, session_id, workspace_id, webhook_type, state, content_mark, content_sealed)
    SELECT gen_random_uuid(), id, workspace_id, 'debt', 'signed', sha256('x'), 'x' FROM signing_sessions WHERE id = $1`,
  drafts: `INSERT INTO drafts (session_id, workspace_id, draft_sealed)
    SELECT id, workspace_id, 'x' FROM signing_sessions WHERE id = $1`,
};

test.each(Object.entries(writes))('leaves nothing in %s, also when both happen at once', async (table, sql) => {
  const id = await declinedSession(portal);
  await portal.asOwner(
    `INSERT INTO log_checkpoints (size, root, note) VALUES (1, sha256('x'), repeat('x', 64)::bytea) ON CONFLICT DO NOTHING`,
  );
  await standAfterDate(portal, id, 1_000);
  const writer = new pg.Client({ connectionString: portal.databaseUrl });
  await writer.connect();
  try {
    await writer.query("SELECT set_config('role', 'aceite_app', false), set_config('aceite.workspace', $1, false)", [
      portal.merchant.workspaceId,
    ]);
    await portal.asOwner('BEGIN');
    const [erased] = await portal.asOwner('SELECT erase_session($1, NULL) AS standing', [id]);
    expect(erased).toEqual({ standing: 'erased' });
    const late = writer.query(sql, [id]).then(
      () => 'nothing was said against it',
      (error: Error) => error.message,
    );
    await untilWaiting();
    await portal.asOwner('COMMIT');
    const said = await late;
    const left = await portal.asOwner(`SELECT 1 AS row FROM ${table} WHERE session_id = $1`, [id]);
    expect(left, said).toEqual([]);
  } finally {
    await writer.end();
  }
});

/** Until the late writer stands before the session's lock, or has not found any. */
async function untilWaiting(): Promise<void> {
  const { pool } = portal.ctx.db;
  await expect
    .poll(async () => (await pool.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).rows.length)
    .toBeGreaterThan(0);
}
