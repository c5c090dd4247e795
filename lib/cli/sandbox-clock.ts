import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const fileIn = (dataDir: string): string => join(dataDir, 'sandbox-clock.json');
const kept = z.strictObject({ offsetMs: z.number() });

/**
 * Tells the sandbox's processes that know no database how far its clock is ahead: its time-stamp authorities would otherwise bear witness
 * against everything that happens after the clock was moved. `now` is the portal's time.
 */
export function tellSandboxClock(dataDir: string, now: Date): void {
  // Of two starts at once each writes the same; whoever reads meanwhile finds one of them whole.
  const draft = `${fileIn(dataDir)}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify({ offsetMs: now.getTime() - Date.now() })}\n`);
  renameSync(draft, fileIn(dataDir));
}

/** The sandbox's time; that of the machine as long as nobody has told of another. */
export function sandboxNow(dataDir: string): Date {
  return new Date(Date.now() + offsetIn(dataDir));
}

function offsetIn(dataDir: string): number {
  try {
    return kept.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).offsetMs;
  } catch {
    return 0;
  }
}
