import type { Database } from './database.ts';

/** Sign-ins are tried before any workspace is known, so these stand outside the transactions of one. */

// Only the oldest are looked at: when they are young, so are all behind them, and there may be a flood of these.
const note = {
  name: 'note_sign_in_attempt',
  text: `WITH gone AS (
      DELETE FROM staff_sign_in_failures WHERE position IN (
        SELECT position FROM staff_sign_in_failures
        WHERE position = ANY (ARRAY(SELECT position FROM staff_sign_in_failures ORDER BY position LIMIT 100))
          AND failed_at <= aceite_now() - $2 * interval '1 minute' FOR UPDATE SKIP LOCKED))
    INSERT INTO staff_sign_in_failures (subject) SELECT unnest($1::bytea[]) RETURNING position`,
};

/**
 * Writes down an attempt for each subject (a keyed hash of 32 bytes), as failed until it is forgiven, and sweeps out what is older than the
 * window. Counting first and looking afterwards leaves no gap through which parallel guesses would slip.
 */
export async function noteSignInAttempt(
  db: Database,
  subjects: readonly Buffer[],
  windowMinutes: number,
): Promise<string[]> {
  return (await db.door<{ position: string }>(note, [subjects, windowMinutes])).map(({ position }) => position);
}

const count = {
  name: 'count_sign_in_failures',
  text: `SELECT wanted.subject, count(f.position)::int AS failures FROM unnest($1::bytea[]) AS wanted (subject)
    LEFT JOIN staff_sign_in_failures f ON f.subject = wanted.subject AND f.failed_at > aceite_now() - $2 * interval '1 minute'
    GROUP BY wanted.subject`,
};

/** The failures of each subject within the window, the attempt that was just noted among them; in the order of `subjects`. */
export async function countSignInFailures(
  db: Database,
  subjects: readonly Buffer[],
  windowMinutes: number,
): Promise<number[]> {
  const rows = await db.door<{ subject: Buffer; failures: number }>(count, [subjects, windowMinutes]);
  return subjects.map((subject) => rows.find((row) => row.subject.equals(subject))?.failures ?? 0);
}

const forgive = {
  name: 'forgive_sign_in_attempt',
  text: 'DELETE FROM staff_sign_in_failures WHERE position = ANY($1::bigint[])',
};

/** Takes an attempt back: it was no failure. */
export async function forgiveSignInAttempt(db: Database, positions: readonly string[]): Promise<void> {
  await db.door(forgive, [positions]);
}
