import { decodeBase64, encodeBase64 } from './base64.ts';
import { hashBytes } from './merkle.ts';
import { parseCount } from './strict-text.ts';
import { isKeyName } from './verifier-key.ts';

/** A tree head: the log's name, its number of leaves and its root. We read extension lines of others and write none. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array; extensions: string[] };
export type CheckpointReading =
  | { ok: true; checkpoint: Checkpoint }
  | { ok: false; code: 'malformed_checkpoint' | 'malformed_size' | 'malformed_root' };

/** Reads the text of a checkpoint note (c2sp.org/tlog-checkpoint). Verify the note first: until then its text is hearsay. */
export function parseCheckpoint(text: string): CheckpointReading {
  const lines = text.split('\n');
  if (lines.length < 4 || lines.pop() !== '' || lines.includes('')) return { ok: false, code: 'malformed_checkpoint' };
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = lines;
  const size = parseCount(sizeLine);
  if (size === undefined) return { ok: false, code: 'malformed_size' };
  const root = decodeBase64(rootLine);
  if (root?.length !== hashBytes) return { ok: false, code: 'malformed_root' };
  return { ok: true, checkpoint: { origin, size, root, extensions } };
}

/** The text to sign for a tree head. Throws for an origin that could not also name the log's key, and for what is no size or root. */
export function formatCheckpoint({ origin, size, root }: Omit<Checkpoint, 'extensions'>): string {
  if (!isKeyName(origin)) throw new RangeError('An origin is empty or holds a space, a plus or a control character');
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} is not a number of leaves`);
  if (root.length !== hashBytes) throw new RangeError('A root is 32 bytes long');
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}
