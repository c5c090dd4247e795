import { join } from 'node:path';
import { CommandFailure } from '../command.ts';
import { type AcceptRate, acceptRate } from './accept-rate.ts';
import { asAdmin, type BenchCluster } from './bench-cluster.ts';
import { type BenchPortal, openBenchPortal } from './bench-portal.ts';
import type { CeilingScript } from './ceiling-script.ts';
import { type Figure, ofRounds } from './figure.ts';
import { median } from './median.ts';
import { findPgbench, runPgbench } from './pgbench.ts';
import { recordCeiling } from './record-ceiling.ts';
import type { Scale } from './scale.ts';
import { makeWaitingSessions } from './waiting-sessions.ts';

const part = 'Acceptances through the use case';

/**
 * Acceptances per second through the use case, beside the same statements and round trips in pgbench on the same database: what this
 * machine, this Postgres and these tables allow at all.
 */
export async function measureAcceptances(
  cluster: BenchCluster,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  const database = await cluster.newDatabase('bench_accept', 'production');
  const portal = await openBenchPortal(database.url, cluster.folder, scale.clients);
  const program = await findPgbench();
  const plan: Plan = { ...database, folder: cluster.folder, program, numbers: { next: 0 } };
  try {
    const script = await recordCeiling(portal, database.url);
    const figures: Figure[] = [];
    for (const clients of [scale.clients, 1]) {
      const sides = sidesOf(portal, plan, script, clients);
      const rates = await compare(sides, { ...scale, clients }, (round) =>
        onProgress(`acceptances at ${clients} clients, round ${round} of ${scale.rounds}`),
      );
      figures.push(...figuresOf(rates, clients, clients === scale.clients));
    }
    await refuseUnfinished(database.adminUrl, plan.numbers.next);
    return figures;
  } finally {
    await portal.end();
  }
}

type Plan = {
  url: string;
  adminUrl: string;
  folder: string;
  program: string | undefined;
  /** The next session that nobody has taken: no two rounds share one. */
  numbers: { next: number };
};

/** Both sides work on the same tables; each takes sessions of its own, made alike and beforehand. */
type Sides = {
  accept(perClient: number): Promise<AcceptRate>;
  /** Absent where pgbench is. */
  ceiling?: (perClient: number) => Promise<number>;
};

function sidesOf(portal: BenchPortal, plan: Plan, { script, constants }: CeilingScript, clients: number): Sides {
  const { url, adminUrl, numbers, program } = plan;
  const prepare = async (count: number) => {
    const first = numbers.next;
    numbers.next += count;
    const taken = Array.from({ length: count }, (_, index) => first + index);
    await makeWaitingSessions(portal, taken);
    await asAdmin(adminUrl, async (admin) => {
      await admin.query('VACUUM ANALYZE');
      await admin.query('CHECKPOINT');
    });
    return { first, taken };
  };
  const ceiling = async (perClient: number, installed: string) => {
    const { first } = await prepare(perClient * clients);
    const places = Object.entries({ first, share: perClient, i: -1 }).map(
      ([name, value]) => [name, String(value)] as const,
    );
    return runPgbench({
      program: installed,
      url,
      options: portal.ctx.db.pool.options.options ?? '',
      scriptFile: join(plan.folder, 'acceptance.pgbench'),
      script,
      variables: new Map([...constants, ...places]),
      clients,
      transactionsPerClient: perClient,
    });
  };
  return {
    accept: async (perClient) => acceptRate(portal, url, (await prepare(perClient * clients)).taken, clients),
    ...(program !== undefined && { ceiling: (perClient: number) => ceiling(perClient, program) }),
  };
}

type Rates = { accepted: AcceptRate[]; allowed: number[] };

/** In turn, and every other round in the other order: what only grows (the tables) or fades (a burst of disk) favours neither. */
async function compare(sides: Sides, scale: Scale, onRound: (round: number) => void): Promise<Rates> {
  const trial = (await sides.accept(scale.trialPerClient)).perSecond;
  const perClient = Math.ceil((trial * scale.seconds) / scale.clients);
  const rates: Rates = { accepted: [], allowed: [] };
  const accept = async () => void rates.accepted.push(await sides.accept(perClient));
  const ceiling = async () => {
    if (sides.ceiling) rates.allowed.push(await sides.ceiling(perClient));
  };
  for (let round = 1; round <= scale.rounds; round += 1) {
    onRound(round);
    for (const side of round % 2 === 1 ? [accept, ceiling] : [ceiling, accept]) await side();
  }
  return rates;
}

/** A script that matched no row would be fast. `numbered` sessions were taken, and those of the recording. */
async function refuseUnfinished(adminUrl: string, numbered: number): Promise<void> {
  const { rows } = await asAdmin(adminUrl, (admin) =>
    admin.query<{ open: number; sessions: number; deliveries: number; events: number }>(
      `SELECT count(*) FILTER (WHERE status <> 'COMPLETED')::integer AS open, count(*)::integer AS sessions,
        (SELECT count(*)::integer FROM deliveries) AS deliveries, (SELECT count(*)::integer FROM events) AS events
      FROM signing_sessions`,
    ),
  );
  const [counts] = rows;
  if (counts?.open === 0 && counts.sessions === counts.deliveries && counts.sessions === counts.events) return;
  throw new CommandFailure(
    `The two sides did not do the same: ${numbered} acceptances were asked for, and the database has ${JSON.stringify(counts)}.`,
  );
}

function figuresOf({ accepted, allowed }: Rates, clients: number, isGoal: boolean): Figure[] {
  const rate = accepted.map(({ perSecond }) => perSecond);
  const missing = { note: 'pgbench 14 or newer is not installed (Debian: postgresql-contrib)' };
  const at = `${clients} ${clients === 1 ? 'client' : 'clients'}`;
  const ratio = allowed.length > 0 ? { value: median(rate) / median(allowed) } : missing;
  return [
    { part, name: `use case, ${at}`, unit: 'per second', ...ofRounds(rate) },
    {
      part,
      name: `the same statements in pgbench, ${at}`,
      unit: 'per second',
      ...(allowed.length > 0 ? ofRounds(allowed) : missing),
    },
    {
      part,
      name: `ratio, ${at}`,
      unit: '',
      ...ratio,
      ...(isGoal && { goal: { kind: 'at least', value: 0.6 } as const }),
    },
    {
      part,
      name: `CPU of our process for each, ${at}`,
      unit: 'ms',
      ...ofRounds(accepted.map(({ cpuMsEach }) => cpuMsEach)),
    },
  ];
}
