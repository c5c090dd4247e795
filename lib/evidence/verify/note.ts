import { concatBytes } from '@noble/hashes/utils.js';
import { type Checkpoint, parseCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { type Note, parseNote } from '#lib/evidence/log/signed-note.ts';

/** The log's own note and the tree head in it. */
export type Closing = { checkpoint: Checkpoint; note: Note; bytes: Uint8Array };
type ClosingReading = { ok: true; closing: Closing } | { ok: false; detail: string };

/** Reads proofs/checkpoint; undefined when it is not there. Nothing in it is verified yet. */
export function readClosing(files: ReadonlyMap<string, Uint8Array>): ClosingReading | undefined {
  const bytes = files.get('proofs/checkpoint');
  if (!bytes) return undefined;
  const note = parseNote(bytes);
  if (!note.ok || note.note.signatures.length !== 1)
    return refused('proofs/checkpoint is not a note with one signature');
  const checkpoint = parseCheckpoint(note.note.text);
  if (!checkpoint.ok || checkpoint.checkpoint.extensions.length > 0)
    return refused('proofs/checkpoint is not the head of a log');
  return { ok: true, closing: { checkpoint: checkpoint.checkpoint, note: note.note, bytes } };
}

/** The same note with the witnesses' lines; undefined when those are none. */
export function readCosigned(
  files: ReadonlyMap<string, Uint8Array>,
  { note, bytes }: Closing,
): { note: Note; bytes: Uint8Array } | undefined {
  const lines = files.get('proofs/cosignatures');
  if (!lines) return { note, bytes };
  const joined = concatBytes(bytes, lines);
  const cosigned = parseNote(joined);
  const isJoined = lines.length > 0 && cosigned.ok && cosigned.note.text === note.text;
  return isJoined ? { note: cosigned.note, bytes: joined } : undefined;
}

const refused = (detail: string): ClosingReading => ({ ok: false, detail });
