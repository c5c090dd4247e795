import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import { databaseOf } from './running-portal.ts';

/** The outbox of a running portal and its clock, for trials of days that must not take days. */
export type WatchedOutbox = {
  /** The portal's connection, for more processes beside it. */
  databaseUrl: string;
  /**
   * Lets the workers do what they can do now, and moves the clock on whenever that is nothing: until all deliveries rest, or so much time is
   * over. `leastStepMs` keeps the steps of long times few; what falls due in between is taken later. Answers by how much the clock was moved.
   */
  workFor(milliseconds: number, leastStepMs?: number): Promise<number>;
  /** Looks at rows of any workspace. */
  look<Row>(sql: string): Promise<Row[]>;
  leave(): Promise<void>;
};

const lookEveryMs = 20;
/** Longer than a lender may take for both calls of a step; what has not moved by then never will. */
const patienceMs = 90_000;

type Standing = {
  /** Not at rest; of these so many are with a worker at this moment, and the first is due in so many milliseconds. */
  open: number;
  leased: number;
  due_in_ms: number | null;
  /** How long the lender still rests; null while its breaker is closed. */
  rest_ms: number | null;
};

const standing = `WITH clock AS MATERIALIZED (SELECT aceite_now() AS now)
  SELECT d.open, d.leased,
    (extract(epoch FROM d.due - now) * 1000)::float8 AS due_in_ms,
    (SELECT extract(epoch FROM max(opened_at) - now) * 1000 + $1 FROM lender_breakers)::float8 AS rest_ms
  FROM clock CROSS JOIN LATERAL (SELECT count(*)::integer AS open, count(*) FILTER (WHERE lease_until > now)::integer AS leased,
    min(next_attempt_at) AS due FROM deliveries WHERE next_attempt_at IS NOT NULL) d`;

export async function watchOutbox(dataDir: string): Promise<WatchedOutbox> {
  const database = await databaseOf(dataDir);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const look = async <Row>(sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows as Row[];
  const stands = async () => {
    const [row] = await look<Standing>(standing, [breakerRules.waitMs]);
    if (!row) throw new Error('an outbox without a standing');
    return row;
  };
  const move = (milliseconds: number) => look('SELECT aceite_move_clock($1)', [milliseconds]);
  return {
    databaseUrl: database.url,
    look: (sql) => look(sql),
    workFor: (milliseconds, leastStepMs = 0) => workFor({ stands, move }, milliseconds, leastStepMs),
    leave: async () => {
      await admin.end();
      await database.leave();
    },
  };
}

type Hands = { stands(): Promise<Standing>; move(milliseconds: number): Promise<unknown> };

async function workFor({ stands, move }: Hands, milliseconds: number, leastStepMs: number): Promise<number> {
  let movedMs = 0;
  let seen = { text: '', at: performance.now() };
  while (movedMs < milliseconds) {
    const now = await stands();
    if (now.open === 0) break;
    const idleMs = idleMsOf(now);
    if (idleMs === undefined) {
      seen = stillMoving(now, seen);
      await pause(lookEveryMs);
      continue;
    }
    const stepMs = Math.ceil(Math.min(Math.max(idleMs, leastStepMs), milliseconds - movedMs));
    await move(stepMs);
    movedMs += stepMs;
  }
  return movedMs;
}

/** Milliseconds until a worker has something to do; undefined when it has already. */
function idleMsOf({ leased, due_in_ms: dueInMs, rest_ms: restMs }: Standing): number | undefined {
  if (leased > 0) return undefined;
  if (dueInMs !== null && dueInMs > 0) return dueInMs;
  return restMs !== null && restMs > 0 ? restMs : undefined;
}

function stillMoving({ due_in_ms: _due, rest_ms: _rest, ...counts }: Standing, seen: { text: string; at: number }) {
  const text = JSON.stringify(counts);
  if (text !== seen.text) return { text, at: performance.now() };
  if (performance.now() - seen.at > patienceMs) throw new Error(`the workers do nothing, though they could: ${text}`);
  return seen;
}
