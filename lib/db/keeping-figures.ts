import type { Tx } from './database.ts';

export type KeepingFigures = {
  open: number;
  kept: number;
  /** Whose date has come; held and undelivered ones are among them. */
  due: number;
  held: number;
  erased: number;
  /** The next date that comes. */
  next_end: Date | null;
};

const count = {
  name: 'count_keeping',
  text: `SELECT count(*) FILTER (WHERE closed_at IS NULL)::int AS open,
      count(*) FILTER (WHERE erased_at IS NULL AND keep_until > t.now)::int AS kept,
      count(*) FILTER (WHERE erased_at IS NULL AND keep_until <= t.now)::int AS due,
      (SELECT count(DISTINCT session_id) FROM legal_holds WHERE workspace_id = $1 AND lifted_at IS NULL)::int AS held,
      count(*) FILTER (WHERE erased_at IS NOT NULL)::int AS erased,
      min(keep_until) FILTER (WHERE erased_at IS NULL AND keep_until > t.now) AS next_end
    FROM signing_sessions, (SELECT aceite_now() AS now) t WHERE workspace_id = $1`,
};

/** How the keeping of a workspace stands. */
export async function countKeeping(tx: Tx, workspaceId: string): Promise<KeepingFigures> {
  const row = await tx.row<KeepingFigures>(count, [workspaceId]);
  if (!row) throw new Error('the figures of keeping were not counted');
  return row;
}
