import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Database, Tx } from './database.ts';

const pick = { name: 'pick_for_drill', text: 'SELECT session_id, workspace_id FROM pick_for_drill($1, $2)' };

/** Settled sessions of all workspaces: so many of the newest, and up to one and a half times `sample` by chance. */
export async function pickForDrill(db: Database, howMany: { newest: number; sample: number }): Promise<SessionPlace[]> {
  const rows = await db.door<{ session_id: string; workspace_id: string }>(pick, [howMany.newest, howMany.sample]);
  return rows.map(({ session_id, workspace_id }) => ({ sessionId: session_id, workspaceId: workspace_id }));
}

const begin = { name: 'begin_drill', text: 'INSERT INTO drill_runs (id) VALUES ($1)' };

export async function beginDrill(tx: Tx, id: string): Promise<void> {
  await tx.rows(begin, [id]);
}

const isDue = {
  name: 'is_drill_due',
  text: `SELECT NOT EXISTS (SELECT FROM drill_runs WHERE started_at > aceite_now() - interval '23 hours'
    AND (ended_at IS NOT NULL OR started_at > aceite_now() - interval '1 hour')) AS is_due`,
};

/** Whether a day has passed since the last run; one that was broken off counts for an hour. */
export async function isDrillDue(tx: Tx): Promise<boolean> {
  return (await tx.row<{ is_due: boolean }>(isDue, []))?.is_due === true;
}

const fail = {
  name: 'keep_drill_failure',
  text: `INSERT INTO drill_failures (run_id, session_id, workspace_id, verdict, checks) VALUES ($1, $2, $3, $4, $5)`,
};

export type DrillFailure = { verdict: string; checks: readonly string[] };

export async function keepDrillFailure(
  tx: Tx,
  { runId, sessionId, workspaceId, verdict, checks }: DrillFailure & SessionPlace & { runId: string },
): Promise<void> {
  await tx.rows(fail, [runId, sessionId, workspaceId, verdict, checks]);
}

const end = {
  name: 'end_drill',
  text: 'UPDATE drill_runs SET ended_at = aceite_now(), checked = $2, failed = $3 WHERE id = $1',
};

export async function endDrill(tx: Tx, id: string, figures: { checked: number; failed: number }): Promise<void> {
  await tx.rows(end, [id, figures.checked, figures.failed]);
}

export type DrillRow = { id: string; started_at: Date; checked: number; failed: number; age_seconds: number };

const newest = {
  name: 'newest_drill',
  text: `SELECT id, started_at, checked, failed, extract(epoch FROM aceite_now() - started_at)::double precision AS age_seconds
    FROM drill_runs WHERE ended_at IS NOT NULL ORDER BY started_at DESC LIMIT 1`,
};

/** The last run that came to its end; undefined before the first. */
export function newestDrill(tx: Tx): Promise<DrillRow | undefined> {
  return tx.row<DrillRow>(newest, []);
}

const failures = {
  name: 'list_drill_failures',
  text: 'SELECT session_id FROM drill_failures WHERE workspace_id = $1 AND run_id = $2 ORDER BY session_id',
};

/** The sessions of this workspace whose dossiers failed in that run. */
export async function listDrillFailures(tx: Tx, workspaceId: string, runId: string): Promise<string[]> {
  return (await tx.rows<{ session_id: string }>(failures, [workspaceId, runId])).map(({ session_id }) => session_id);
}
