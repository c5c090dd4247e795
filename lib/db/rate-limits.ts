import type { Bucket } from '#lib/domain/rate-limits.ts';
import type { Database } from './database.ts';

// `full_at` of a new row is one token after this moment, so the moment is `excluded.full_at` less one token. Whoever waits for the row's
// lock decides by the moment at which it came, which is never in its favour. A refusal changes nothing, and tells how the row stood.
// No bucket is full later than one that is empty now. Where a row says so, by more than anybody waits for a lock, the clock was set back, and
// the row is as good as none: refused by it, callers would have to wait until the clock is again where it was.
const token = `($2::double precision * interval '1 millisecond')`;
const take = {
  name: 'take_rate_token',
  text: `WITH moment AS MATERIALIZED (SELECT aceite_now() AS now, ${token} AS token),
    taken AS (
      INSERT INTO rate_limit_buckets AS b (bucket, full_at) SELECT $1, m.now + m.token FROM moment m
      ON CONFLICT (bucket) DO UPDATE SET full_at = CASE
          WHEN b.full_at > excluded.full_at + ($3::integer - 1) * ${token} + interval '10 minutes' THEN excluded.full_at
          ELSE greatest(b.full_at, excluded.full_at - ${token}) + ${token} END
        WHERE greatest(b.full_at, excluded.full_at - ${token}) <= excluded.full_at + ($3::integer - 2) * ${token}
          OR b.full_at > excluded.full_at + ($3::integer - 1) * ${token} + interval '10 minutes'
      RETURNING b.full_at)
    SELECT true AS is_taken, extract(epoch FROM t.full_at - m.now)::double precision * 1000 AS owed_ms FROM taken t, moment m
    UNION ALL
    SELECT false, extract(epoch FROM b.full_at - m.now)::double precision * 1000 FROM rate_limit_buckets b, moment m
      WHERE b.bucket = $1 AND NOT EXISTS (SELECT FROM taken)`,
};

export type Token = { isTaken: boolean /** How long the bucket takes to be full again. */; owedMs: number };

/** Takes one token out of a bucket if there is one, in one statement. `subject` is a keyed hash of 32 bytes. */
export async function takeRateToken(db: Database, subject: Buffer, { burst, tokenMs }: Bucket): Promise<Token> {
  const [row] = await db.door<{ is_taken: boolean; owed_ms: number }>(take, [subject, tokenMs, burst]);
  // Another process made the row and emptied it while this one looked.
  return row ? { isTaken: row.is_taken, owedMs: row.owed_ms } : { isTaken: false, owedMs: burst * tokenMs };
}

const prune = {
  name: 'prune_rate_limits',
  text: `WITH gone AS (
      DELETE FROM rate_limit_buckets WHERE bucket IN (
        SELECT bucket FROM rate_limit_buckets WHERE full_at <= (SELECT aceite_now()) LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING bucket)
    SELECT count(*)::integer AS pruned FROM gone`,
};

/** Takes away up to so many buckets that are full, which is as good as none; answers how many went. */
export async function pruneRateLimits(db: Database, howMany: number): Promise<number> {
  return (await db.door<{ pruned: number }>(prune, [howMany]))[0]?.pruned ?? 0;
}
