import { randomBytes, randomInt } from 'node:crypto';
import { findLogEntries, type LogHead, readLogHead } from '#lib/db/log.ts';
import { leafHash, verifyInclusion } from '#lib/evidence/log/merkle.ts';
import { inclusionProof } from '#lib/evidence/log/tiles.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { workerScope } from '#lib/usecases/no-workspace.ts';
import { growLog } from '#lib/usecases/system/grow-log.ts';
import { logTileReader } from '#lib/usecases/system/log-tile-reader.ts';
import { asAdmin, type BenchDatabase } from './bench-cluster.ts';
import { cpuMsWithPostgres } from './cpu-time.ts';
import { type Figure, ofRounds } from './figure.ts';
import { type FilledLog, filledEntry, fillLog } from './fill-log.ts';
import { median } from './median.ts';
import { procMissing } from './process-usage.ts';
import type { Scale } from './scale.ts';

/** As many as the worker takes in at once. */
const appended = 1_000;

type Log = { ctx: Pick<UseCaseContext, 'db'>; database: BenchDatabase };

/** How long the log takes to grow and to prove, while it is small and with very many leaves, in the same run. */
export async function measureLogAtScale(
  log: Log,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  const few = await fillLog(log.ctx, log.database, appended, onProgress);
  const small = await measureSide(log, few, scale);
  onProgress(`filling the log with ${scale.logLeaves} leaves`);
  const many = await fillLog(log.ctx, log.database, scale.logLeaves, onProgress);
  onProgress('the log, appending and proving');
  const large = await measureSide(log, many, scale);
  return [
    ...figuresOf('The log while it is small', small),
    ...figuresOf(`The log with ${scale.logLeaves} leaves`, large, { appendMs: 1_000, proofMs: 5 }),
  ];
}

/** Once per round; of many proofs the median, and the mean of what they cost. */
type SideTimes = { appendMs: number[]; proofMs: number[]; proofCpuMs: number[] };

async function measureSide(log: Log, filled: FilledLog, scale: Scale): Promise<SideTimes> {
  const times: SideTimes = { appendMs: [], proofMs: [], proofCpuMs: [] };
  await timeGrowth(log);
  await timeProofs(log, filled, scale.proofs);
  for (let round = 1; round <= scale.rounds; round += 1) {
    times.appendMs.push(await timeGrowth(log));
    const before = await cpuMsWithPostgres(log.database);
    times.proofMs.push(median(await timeProofs(log, filled, scale.proofs)));
    const after = await cpuMsWithPostgres(log.database);
    if (before !== undefined && after !== undefined) times.proofCpuMs.push((after - before) / scale.proofs);
  }
  return times;
}

const queue = `INSERT INTO log_queue (event_position, hash, kind)
  SELECT -position, hash, 1 FROM unnest($1::bytea[]) WITH ORDINALITY AS given (hash, position)`;

/** Queues as many hashes as one step of the worker takes, and times that step. */
async function timeGrowth({ ctx, database }: Log): Promise<number> {
  const hashes = Array.from({ length: appended }, () => randomBytes(32));
  // The positions of real events are positive; nobody asks for these.
  await asAdmin(database.adminUrl, (admin) => admin.query(queue, [hashes]));
  const started = performance.now();
  const taken = await growLog(ctx);
  const ms = performance.now() - started;
  if (taken !== appended) throw new Error(`the log took ${taken} leaves in and not ${appended}`);
  return ms;
}

/** For each of so many entries, by chance: where it stands, and its proof. A proof that does not hold throws. */
async function timeProofs({ ctx }: Log, { first, end }: FilledLog, count: number): Promise<number[]> {
  const head = await ctx.db.transaction(workerScope, readLogHead);
  const times: number[] = [];
  for (let proofs = 0; proofs < count; proofs += 1) {
    const entry = filledEntry(randomInt(first, end));
    const started = performance.now();
    const { index, hashes } = await prove(ctx, entry, head);
    times.push(performance.now() - started);
    const verdict = verifyInclusion(leafHash(entry), index, head.size, hashes, head.root);
    if (!verdict.ok) throw new Error(`a proof of a benchmark does not hold: ${verdict.code}`);
  }
  return times;
}

function prove({ db }: Log['ctx'], entry: Uint8Array, { size }: LogHead) {
  return db.transaction(workerScope, async (tx) => {
    const index = (await findLogEntries(tx, [entry])).get(Buffer.from(entry).toString('hex'));
    if (index === undefined) throw new Error('an entry of a filled log is not there');
    return { index, hashes: await inclusionProof(index, size, logTileReader(tx)) };
  });
}

function figuresOf(part: string, times: SideTimes, atMost?: { appendMs: number; proofMs: number }): Figure[] {
  const goal = (value: number | undefined) =>
    value === undefined ? {} : { goal: { kind: 'at most', value } as const };
  const cpu = times.proofCpuMs;
  return [
    { part, name: `${appended} leaves appended`, unit: 'ms', ...ofRounds(times.appendMs), ...goal(atMost?.appendMs) },
    {
      part,
      name: 'one proof: processor time, with that of Postgres',
      unit: 'ms',
      ...(cpu.length > 0 ? ofRounds(cpu) : { note: procMissing }),
      ...goal(atMost?.proofMs),
    },
    { part, name: 'one proof, p50 of the time that it takes', unit: 'ms', ...ofRounds(times.proofMs) },
  ];
}
