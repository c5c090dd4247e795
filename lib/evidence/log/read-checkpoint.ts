import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { parseNote } from './signed-note.ts';

/** The checkpoint that a signed note states, or undefined when it states none. Whether its signatures are good is not asked. */
export function readCheckpoint(note: Uint8Array): Checkpoint | undefined {
  const reading = parseNote(note);
  const checkpoint = reading.ok ? parseCheckpoint(reading.note.text) : undefined;
  return checkpoint?.ok ? checkpoint.checkpoint : undefined;
}
