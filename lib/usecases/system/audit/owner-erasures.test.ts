import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readForAudit } from '#lib/db/audited-rows.ts';
import { eraseSession } from '#lib/db/keeping.ts';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import { readCheckpoint } from '#lib/evidence/log/read-checkpoint.ts';
import { addStaff, dayMs, isErased, signedSession } from '#lib/testing/keeping.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { newestCheckpoint } from '#lib/testing/newest-checkpoint.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { workerScope } from '../../no-workspace.ts';
import { auditInstallation } from './audit-installation.ts';
import type { Finding } from './finding.ts';

/** What the owner of the database does to the laws, and how the one way of erasing then serves for what it must not. */

let portal: TestPortal;
let keeper: LogKeeper;
beforeAll(async () => {
  portal = await startTestPortal();
  keeper = logKeeper(portal);
});
afterAll(() => portal.end());

async function findings(published: Checkpoint): Promise<Finding[]> {
  const found: Finding[] = [];
  const trust = { keys: portal.ctx.keys, verifierKeys: [], witnesses: [], published };
  await readForAudit(portal.ownerUrl, (rows) => auditInstallation(rows, trust, (one) => found.push(one)));
  return found;
}

/** Publishes what waits, and gives the checkpoint as somebody else would keep it. */
async function published(): Promise<Checkpoint> {
  await keeper.publish();
  const row = await portal.ctx.db.transaction(workerScope, newestCheckpoint);
  const checkpoint = row && readCheckpoint(row.note);
  if (!checkpoint) throw new Error('nothing was published');
  return checkpoint;
}

/** Several statements over one connection of the owner, inside the merchant's workspace. */
async function asOwner(work: (owner: pg.Client) => Promise<unknown>): Promise<void> {
  const owner = new pg.Client({ connectionString: portal.ownerUrl });
  await owner.connect();
  try {
    await owner.query(`SELECT set_config('aceite.workspace', $1, false)`, [portal.merchant.workspaceId]);
    await work(owner);
  } finally {
    await owner.end();
  }
}

const erase = (sessionId: string, requestId?: string) =>
  portal.ctx.db.transaction({ role: 'aceite_retention', workspaceId: portal.merchant.workspaceId }, (tx) =>
    eraseSession(tx, sessionId, requestId),
  );

const moved = ['signing_sessions', 'events', 'acceptances', 'deliveries', 'delivery_attempts'];

/** Tells a signed session as one that a customer never opened and that lapsed. */
async function disguise(owner: pg.Client, id: string): Promise<void> {
  for (const table of moved) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const table of ['delivery_attempts', 'deliveries', 'acceptances'])
    await owner.query(`DELETE FROM ${table} WHERE session_id = $1`, [id]);
  await owner.query(
    `UPDATE events SET type = CASE sequence WHEN (SELECT max(sequence) FROM events WHERE session_id = $1) THEN 'expired' ELSE 'hold_placed' END,
       actor = 'system', actor_id = NULL, request_id = NULL, data = '{}' WHERE session_id = $1 AND sequence > 1`,
    [id],
  );
  await owner.query(
    `UPDATE signing_sessions s SET status = 'EXPIRED', started_at = NULL, receipt_code = NULL, expires_at = e.occurred_at,
       closed_at = e.occurred_at, keep_until = e.occurred_at + interval '720 hours',
       details_version = (SELECT max(version) FROM signer_details WHERE session_id = s.id)
     FROM events e WHERE s.id = $1 AND e.session_id = s.id AND e.type = 'expired'`,
    [id],
  );
  for (const table of moved) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

const requestId = '00000000-0000-4000-8000-0000000000bb';

async function requestErasure(owner: pg.Client, id: string, staff: string): Promise<void> {
  await owner.query(
    `INSERT INTO erasure_requests (id, workspace_id, subject_digest, asked_by, recorded_by, due_at)
     SELECT $3, workspace_id, digest, 'data_subject', $2, aceite_now() + interval '1 day'
     FROM blind_indexes WHERE session_id = $1 AND field = 'identity'`,
    [id, staff, requestId],
  );
}

test('a session that was signed today is not destroyed as one that nobody opened: the log has its acceptance', async () => {
  const id = await signedSession(portal);
  const checkpoint = await published();
  expect(await findings(checkpoint)).toEqual([]);
  const staff = await addStaff(portal, 'staff-of-the-owner');
  await asOwner(async (owner) => {
    await disguise(owner, id);
    await requestErasure(owner, id, staff);
  });
  expect(await erase(id, requestId)).toBe('erased');
  await published();
  expect(await isErased(portal, id)).toBe(true);
  const found = (await findings(checkpoint)).filter(({ sessionId }) => sessionId === id);
  expect(found.map(({ code }) => code)).toContain('event_relabelled');
});

test('a function that shortens the terms erases nothing unseen: audits count for themselves and know the laws', async () => {
  const id = await signedSession(portal);
  const checkpoint = await published();
  let lawful = '';
  await asOwner(async (owner) => {
    const shown = `SELECT pg_get_functiondef('add_calendar_months(timestamptz, integer)'::regprocedure) AS text`;
    lawful = (await owner.query<{ text: string }>(shown)).rows[0]?.text ?? '';
    await owner.query(`CREATE OR REPLACE FUNCTION add_calendar_months(start timestamptz, months integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE
      AS 'SELECT start + interval ''720 hours'' '`);
    await owner.query('ALTER TABLE signing_sessions DISABLE TRIGGER guard_change');
    await owner.query('UPDATE signing_sessions s SET keep_until = keeping_floor(s) WHERE id = $1', [id]);
    await owner.query('ALTER TABLE signing_sessions ENABLE TRIGGER guard_change');
  });
  await portal.advanceClock(31 * dayMs);
  expect(await erase(id)).toBe('erased');
  const found = await findings(checkpoint);
  expect(found).toContainEqual({
    code: 'law_altered',
    table: 'function add_calendar_months(start timestamp with time zone, months integer)',
  });
  await asOwner((owner) => owner.query(lawful));
  const later = (await findings(checkpoint)).filter(({ sessionId }) => sessionId === id);
  expect((await findings(checkpoint)).some(({ code }) => code === 'law_altered')).toBe(false);
  expect(later).toContainEqual({
    code: 'value_altered',
    table: 'signing_sessions',
    column: 'keep_until',
    sessionId: id,
  });
  expect(later).toContainEqual({ code: 'value_altered', table: 'tombstones', column: 'kept_until', sessionId: id });
});

test('a clock that was put forward and back again erases nothing unseen', async () => {
  const id = await signedSession(portal);
  const checkpoint = await published();
  const [before] = await portal.asOwner<{ offset_ms: string }>('SELECT offset_ms FROM aceite_clock');
  await portal.advanceClock(2200 * dayMs);
  expect(await erase(id)).toBe('erased');
  await portal.asOwner('UPDATE aceite_clock SET offset_ms = $1', [before?.offset_ms]);
  const found = (await findings(checkpoint)).filter(({ sessionId }) => sessionId === id);
  expect(found.map(({ code, column }) => `${code} ${column}`)).toEqual([
    'moment_ahead occurred_at',
    'value_altered kept_until',
  ]);
});
