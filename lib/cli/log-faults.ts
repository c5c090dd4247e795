import type { RestoredRows } from '#lib/db/restored-rows.ts';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import { type ReplayedLog, replayLog, type WrongPart } from '#lib/usecases/system/audit/replay-log.ts';
import type { RestoreFault } from './restore-fault.ts';

/** The log that was restored, grown anew from its entries; and, when it is given, held against a checkpoint that strangers have kept. */
export async function logFaults(rows: RestoredRows, published: Checkpoint | undefined): Promise<RestoreFault[]> {
  const { size, wrong, history } = await replayLog(rows, published);
  return [...brokenLog(wrong.map(nameOf)), ...(published ? historyFaults(published, size, history) : [])];
}

function nameOf(wrong: WrongPart): string {
  switch (wrong.part) {
    case 'numbering':
      return 'the numbering of its entries';
    case 'checkpoint':
      return `the checkpoint of size ${wrong.size}`;
    case 'checkpoint beyond the last entry':
      return 'a checkpoint beyond the last entry';
    default:
      return `the ${wrong.part}`;
  }
}

function brokenLog([first, ...others]: string[]): RestoreFault[] {
  if (first === undefined) return [];
  const more = others.length > 0 ? `, nor ${others.length} more of its parts` : '';
  const message = `The log does not fit together: its entries do not make ${first}${more}. It was changed in the database that was backed up, or in the file by somebody who knows its format.`;
  return [{ code: 'log_broken', message }];
}

function historyFaults(
  { origin, size: signed }: Checkpoint,
  size: number,
  history: ReplayedLog['history'],
): RestoreFault[] {
  if (history === 'log_rollback_detected') {
    const message = `log_rollback_detected: the restored log has ${size} entries, and the checkpoint of ${origin} that you gave says ${signed}. This backup is older than that checkpoint, and what was recorded in between is missing. Restore a newer backup if there is one; the log's signer will not sign this history.`;
    return [{ code: history, message }];
  }
  if (history !== 'log_rewritten') return [];
  const message = `log_rewritten: the restored log does not begin with the ${signed} entries of the checkpoint of ${origin} that you gave. It is another log, or its history was changed.`;
  return [{ code: history, message }];
}
