import { join } from 'node:path';
import { CommandFailure } from '../command.ts';
import { type AcceptRate, acceptRate } from './accept-rate.ts';
import { asAdmin, type BenchCluster } from './bench-cluster.ts';
import { type BenchPortal, openBenchPortal } from './bench-portal.ts';
import type { CeilingScript } from './ceiling-script.ts';
import type { Figure } from './figure.ts';
import { median } from './median.ts';
import { findPgbench, runPgbench } from './pgbench.ts';
import { recordCeiling } from './record-ceiling.ts';
import { makeWaitingSessions } from './waiting-sessions.ts';

export type AcceptanceOptions = { clients: number; seconds: number; onProgress: (message: string) => void };

/** Each side this often, in turn, so that a busy minute of the machine falls on both. */
const rounds = 4;
/** Enough to know the pace. */
const trialPerClient = 25;

const part = 'Acceptances through the use case';

/** Both sides work on the same tables; each takes sessions of its own, made alike and beforehand. */
type Sides = { accept(perClient: number): Promise<AcceptRate>; ceiling(perClient: number): Promise<number> };

/**
 * Acceptances per second through the use case, beside the same statements and round trips in pgbench on the same database: what this
 * machine, this Postgres and these tables allow at all.
 */
export async function measureAcceptances(cluster: BenchCluster, options: AcceptanceOptions): Promise<Figure[]> {
  const { clients, seconds, onProgress } = options;
  const database = await cluster.newDatabase('bench_accept', 'production');
  const portal = await openBenchPortal(database.url, cluster.folder, clients);
  const program = await findPgbench();
  const plan = { ...database, folder: cluster.folder, clients, program };
  try {
    const sides = sidesOf(portal, plan, await recordCeiling(portal, database.url));
    const trial = (await sides.accept(trialPerClient)).perSecond;
    const perClient = Math.ceil((trial * seconds) / clients);
    const accepted: AcceptRate[] = [];
    const allowed: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      onProgress(`acceptances, round ${round} of ${rounds}`);
      const ceiling = async () => program !== undefined && allowed.push(await sides.ceiling(perClient));
      if (round % 2 === 0) await ceiling();
      accepted.push(await sides.accept(perClient));
      if (round % 2 === 1) await ceiling();
    }
    const all = recordedSessions + clients * (trialPerClient + perClient * (accepted.length + allowed.length));
    await refuseUnfinished(database.adminUrl, all);
    return figures(accepted, allowed, clients);
  } finally {
    await portal.end();
  }
}

/** Accepted while the script was recorded. */
const recordedSessions = 3;

type Plan = {
  url: string;
  adminUrl: string;
  folder: string;
  clients: number;
  program: string | undefined;
};

function sidesOf(portal: BenchPortal, plan: Plan, { script, constants }: CeilingScript): Sides {
  const { url, adminUrl, clients, program = '' } = plan;
  let next = 0;
  const prepare = async (count: number) => {
    const first = next;
    next += count;
    const numbers = Array.from({ length: count }, (_, index) => first + index);
    await makeWaitingSessions(portal, numbers);
    await asAdmin(adminUrl, async (admin) => {
      await admin.query('VACUUM ANALYZE');
      await admin.query('CHECKPOINT');
    });
    return { first, numbers };
  };
  return {
    accept: async (perClient) => acceptRate(portal, url, (await prepare(perClient * clients)).numbers, clients),
    ceiling: async (perClient) => {
      const { first } = await prepare(perClient * clients);
      const places = Object.entries({ first, share: perClient, i: -1 }).map(
        ([name, value]) => [name, String(value)] as const,
      );
      return runPgbench({
        program,
        url,
        options: portal.ctx.db.pool.options.options ?? '',
        scriptFile: join(plan.folder, 'acceptance.pgbench'),
        script,
        variables: new Map([...constants, ...places]),
        clients,
        transactionsPerClient: perClient,
      });
    },
  };
}

/** A script that matched no row would be fast. */
async function refuseUnfinished(adminUrl: string, expected: number): Promise<void> {
  const counted = await asAdmin(adminUrl, (admin) =>
    admin.query<{ sessions: number; deliveries: number; events: number }>(
      `SELECT (SELECT count(*)::integer FROM signing_sessions WHERE status = 'COMPLETED') AS sessions,
        (SELECT count(*)::integer FROM deliveries) AS deliveries, (SELECT count(*)::integer FROM events) AS events`,
    ),
  );
  const counts = counted.rows[0];
  if (counts?.sessions === expected && counts.deliveries === expected && counts.events === expected) return;
  throw new CommandFailure(
    `The two sides did not do the same: ${expected} acceptances were asked for, and the database has ${JSON.stringify(counts)}.`,
  );
}

function figures(accepted: AcceptRate[], allowed: number[], clients: number): Figure[] {
  const rate = median(accepted.map(({ perSecond }) => perSecond));
  const ceiling = allowed.length > 0 ? median(allowed) : undefined;
  const goal = { kind: 'at least', value: 0.6 } as const;
  const missing = { note: 'pgbench 14 or newer is not installed (Debian: postgresql-contrib)' };
  return [
    { part, name: `use case, ${clients} clients`, value: rate, unit: 'per second' },
    {
      part,
      name: 'the same statements in pgbench (the ceiling)',
      unit: 'per second',
      ...(ceiling === undefined ? missing : { value: ceiling }),
    },
    { part, name: 'ratio', unit: '', goal, ...(ceiling === undefined ? missing : { value: rate / ceiling }) },
    {
      part,
      name: 'CPU of our process for each',
      value: median(accepted.map(({ cpuMsEach }) => cpuMsEach)),
      unit: 'ms',
    },
  ];
}
