import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { acceptOne } from './accept-rate.ts';
import { asAdmin, type BenchCluster } from './bench-cluster.ts';
import { type BenchSandbox, openBenchSandbox } from './bench-sandbox.ts';
import type { Figure } from './figure.ts';
import { inParallel } from './in-parallel.ts';
import { reviewedAct } from './reviewed-session.ts';
import type { Scale } from './scale.ts';

const part = 'Delivery to a healthy lender, with workers in processes of their own';
const lookEveryMs = 100;
/** Far beyond the goal: what has not arrived by then never will. */
const patienceMs = 1_800_000;
/** So many acceptances at once while the backlog is made. */
const hands = 8;
const fullBacklog = 10_000;
const drainGoalSeconds = 300;

/**
 * How soon the lender has a signature while a worker looks on, how fast a backlog goes, and what a second worker adds. Ends with an error when
 * the lender got anything twice: no speed is worth that.
 */
export async function measureDelivery(
  cluster: BenchCluster,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  const sandbox = await openBenchSandbox(cluster, onProgress, 'delivery');
  try {
    const p95 = await watchedDeliveries(sandbox, scale, onProgress);
    const half = Math.ceil(scale.backlog / 2);
    const one = await drained(sandbox, { howMany: half, workers: 1 }, onProgress);
    const two = await drained(sandbox, { howMany: half, workers: 2 }, onProgress);
    await refuseDuplicates(sandbox);
    const seconds = one + two;
    return [
      { part, name: 'from acceptance to DELIVERED, 95th percentile', value: p95, unit: 's', goal: atMost(2) },
      {
        part,
        name: `a backlog of ${scale.backlog}, half by one worker, half by two`,
        value: seconds,
        unit: 's',
        goal: atMost((drainGoalSeconds * scale.backlog) / fullBacklog),
      },
      { part, name: 'deliveries by one worker', value: half / one, unit: '/s' },
      { part, name: 'deliveries by two workers', value: half / two, unit: '/s' },
      { part, name: 'two workers beside one', value: one / two, unit: '', goal: { kind: 'at least', value: 1 } },
    ];
  } finally {
    await sandbox.end();
  }
}

const atMost = (value: number) => ({ kind: 'at most', value }) as const;

let numbers = 0;

/** Acceptances one after the other, each while a worker looks for work. */
async function watchedDeliveries(
  sandbox: BenchSandbox,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<number> {
  onProgress('deliveries one by one');
  const stop = sandbox.startProcesses();
  try {
    // The first tells that the worker is there.
    await accepted(sandbox);
    await untilDelivered(sandbox);
    for (let made = 0; made < scale.watchedDeliveries; made += 1) await accepted(sandbox);
    await untilDelivered(sandbox);
  } finally {
    await stop();
  }
  const waits = `SELECT delivered_at - queued_at AS wait FROM deliveries ORDER BY queued_at OFFSET 1`;
  return secondsOf(sandbox, `SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY wait) FROM (${waits}) w(wait)`);
}

/** An interval that the database tells, never 0: what was too quick to be seen took a millisecond at the most. */
async function secondsOf({ database }: BenchSandbox, interval: string, values: unknown[] = []): Promise<number> {
  const sql = `SELECT extract(epoch FROM (${interval}))::float8 AS seconds`;
  const { rows } = await asAdmin(database.adminUrl, (admin) => admin.query<{ seconds: number }>(sql, values));
  return Math.max(rows[0]?.seconds ?? 0, 0.001);
}

async function accepted(sandbox: BenchSandbox): Promise<void> {
  numbers += 1;
  await acceptOne(sandbox.ctx, await reviewedAct(sandbox, numbers));
}

/** Seconds from the first delivery of a backlog to the last; processes that start are no part of it. */
async function drained(
  sandbox: BenchSandbox,
  { howMany, workers }: { howMany: number; workers: number },
  onProgress: (message: string) => void,
): Promise<number> {
  onProgress(`a backlog of ${howMany} for ${workers === 1 ? 'one worker' : `${workers} workers`}`);
  await inParallel(Array.from({ length: howMany }), hands, () => accepted(sandbox));
  const stop = sandbox.startProcesses(workers);
  await untilDelivered(sandbox).finally(stop);
  const newest = 'SELECT delivered_at FROM deliveries ORDER BY queued_at DESC LIMIT $1';
  return secondsOf(sandbox, `SELECT max(delivered_at) - min(delivered_at) FROM (${newest}) d`, [howMany]);
}

async function untilDelivered({ database }: BenchSandbox): Promise<void> {
  const sql = `SELECT 1 FROM deliveries WHERE status <> 'DELIVERED' LIMIT 1`;
  const started = performance.now();
  await asAdmin(database.adminUrl, async (admin) => {
    while ((await admin.query(sql)).rows.length > 0) {
      if (performance.now() - started > patienceMs) throw new Error('a backlog was not delivered');
      await pause(lookEveryMs);
    }
  });
}

/** By the lender's own record: every signature arrived, and none of them twice. */
async function refuseDuplicates({ config }: BenchSandbox): Promise<void> {
  const counts = new Map<string, number>();
  const lines = createInterface({ input: createReadStream(join(config.dataDir, 'sandbox-lender.jsonl')) });
  for await (const line of lines) {
    const { method, path }: { method: string; path: string } = JSON.parse(line);
    if (method === 'POST' && path.endsWith('/signed')) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  const twice = [...counts.values()].filter((count) => count > 1).length;
  if (twice > 0 || counts.size !== numbers)
    throw new Error(`of ${numbers} signatures the lender got ${counts.size}, and ${twice} of them more than once`);
}
