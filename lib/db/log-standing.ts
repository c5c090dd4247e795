import type { Tx } from './database.ts';

/** Why the log's signer does not sign what it finds: it is shorter than what was signed before, or does not begin with it. */
export type LogRefusalCode = 'log_rollback_detected' | 'log_rewritten';

const refuse = {
  name: 'note_log_refusal',
  text: `INSERT INTO log_refusals AS known (code, size, signed) VALUES ($1, $2, $3)
    ON CONFLICT (is_the_only_row) DO UPDATE SET code = $1, size = $2, signed = $3,
      refused_at = CASE WHEN known.code = $1 THEN known.refused_at ELSE aceite_now() END`,
};

export async function noteLogRefusal(
  tx: Tx,
  { code, size, signed }: { code: LogRefusalCode; size: number; signed: number },
): Promise<void> {
  await tx.rows(refuse, [code, size, signed]);
}

const forget = { name: 'forget_log_refusal', text: 'DELETE FROM log_refusals' };

export async function forgetLogRefusal(tx: Tx): Promise<void> {
  await tx.rows(forget, []);
}

/** `waiting_seconds`: of the oldest event that is not in the log yet; `unsigned_seconds`: of the oldest that no checkpoint covers. */
export type LogStandingRow = {
  waiting_seconds: number | null;
  unsigned_seconds: number | null;
  refusal: LogRefusalCode | null;
  refused_at: Date | null;
};

const standing = {
  name: 'read_log_standing',
  text: `SELECT extract(epoch FROM aceite_now() - waiting.since)::double precision AS waiting_seconds,
      extract(epoch FROM aceite_now() - least(unsigned.since, waiting.since))::double precision AS unsigned_seconds,
      r.code AS refusal, r.refused_at
    FROM (SELECT (SELECT queued_at FROM log_queue ORDER BY event_position LIMIT 1) AS since) waiting
    CROSS JOIN (SELECT (SELECT appended_at FROM log_entries
      WHERE index = coalesce((SELECT max(size) FROM log_checkpoints), 0)) AS since) unsigned
    LEFT JOIN log_refusals r ON true`,
};

export async function readLogStanding(tx: Tx): Promise<LogStandingRow> {
  const row = await tx.row<LogStandingRow>(standing, []);
  if (!row) throw new Error('the log does not stand anyhow');
  return row;
}
