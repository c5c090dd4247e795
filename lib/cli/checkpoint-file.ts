import { readFileSync } from 'node:fs';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import { readCheckpoint } from '#lib/evidence/log/read-checkpoint.ts';
import { CommandFailure } from './command.ts';

/** A checkpoint that was published and kept elsewhere: the file is the signed note, as `/log/checkpoint` serves it. */
export function readCheckpointFile(path: string): Checkpoint {
  let note: Buffer;
  try {
    note = readFileSync(path);
  } catch (error) {
    throw new CommandFailure(`The checkpoint ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  const checkpoint = readCheckpoint(note);
  if (checkpoint) return checkpoint;
  throw new CommandFailure(
    `${path} is no checkpoint of a log. Save what <PORTAL_URL>/log/checkpoint serves, as it is.`,
  );
}
