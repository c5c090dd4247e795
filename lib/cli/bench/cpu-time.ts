import { asAdmin, type BenchDatabase } from './bench-cluster.ts';
import { cpuMsOf } from './process-usage.ts';
import type { Scale } from './scale.ts';

/**
 * Milliseconds of processor time, all threads of this process, that each of so many calls takes, once per round; the calls before the first
 * round, in which the compiler sees them, do not count.
 */
export async function cpuMsPerRound(scale: Scale, call: () => Promise<unknown>): Promise<number[]> {
  await cpuMsEach(scale.dossiers, call);
  const rounds: number[] = [];
  for (let round = 1; round <= scale.rounds; round += 1) rounds.push(await cpuMsEach(scale.dossiers, call));
  return rounds;
}

async function cpuMsEach(calls: number, call: () => Promise<unknown>): Promise<number> {
  const before = ownCpuMs();
  for (let done = 0; done < calls; done += 1) await call();
  return (ownCpuMs() - before) / calls;
}

/**
 * The processor time used so far by this process and by the Postgres processes that serve connections to this database, in milliseconds.
 * Comparable only while no connection is made or ended; undefined where there is no /proc.
 */
export async function cpuMsWithPostgres({ adminUrl }: BenchDatabase): Promise<number | undefined> {
  let sum = ownCpuMs();
  for (const pid of await serverProcesses(adminUrl)) {
    const used = await cpuMsOf(pid);
    if (used === undefined) return undefined;
    sum += used;
  }
  return sum;
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function serverProcesses(adminUrl: string): Promise<number[]> {
  const { rows } = await asAdmin(adminUrl, (admin) =>
    admin.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    ),
  );
  return rows.map(({ pid }) => pid);
}
