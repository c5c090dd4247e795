import { createHash } from 'node:crypto';
import { lockLogHead } from '#lib/db/log.ts';
import { logEntry } from '#lib/evidence/log-entry.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { workerScope } from '#lib/usecases/no-workspace.ts';
import { appendToLog } from '#lib/usecases/system/grow-log.ts';
import { asAdmin, type BenchDatabase } from './bench-cluster.ts';

/** One transaction for each so many leaves: far within the time that a statement of the portal may take. */
const batchSize = 32_768;
const batchesPerWord = 8;

/** Where in the log the entries of a filling stand: from `first` up to, not including, `end`. */
export type FilledLog = { first: number; end: number };

/**
 * Lets the log grow by so many entries the way the worker does it, under the same guards of the database, only in larger steps and past
 * the queue. Nobody else may let it grow meanwhile.
 */
export async function fillLog(
  ctx: Pick<UseCaseContext, 'db'>,
  { adminUrl }: BenchDatabase,
  leaves: number,
  onProgress: (message: string) => void,
): Promise<FilledLog> {
  let done = 0;
  let end = 0;
  for (let batch = 1; done < leaves; batch += 1) {
    const count = Math.min(batchSize, leaves - done);
    end = await growBy(ctx, count);
    done += count;
    if (batch % batchesPerWord === 0) onProgress(`${done} of ${leaves} leaves are in the log`);
  }
  await asAdmin(adminUrl, async (admin) => {
    await admin.query('VACUUM ANALYZE');
    await admin.query('CHECKPOINT');
  });
  return { first: end - leaves, end };
}

/** The entry that a filling puts at a place of the log: scattered as hashes are. */
export function filledEntry(index: number): Uint8Array {
  return logEntry('event', createHash('sha256').update(`filled ${index}`).digest());
}

/** Answers the log's size. */
function growBy({ db }: Pick<UseCaseContext, 'db'>, count: number): Promise<number> {
  return db.transaction(workerScope, async (tx) => {
    const head = await lockLogHead(tx);
    if (!head) throw new Error('somebody else lets the log of a benchmark grow');
    const entries = Array.from({ length: count }, (_, index) => filledEntry(head.size + index));
    await appendToLog(tx, head, entries);
    return head.size + count;
  });
}
