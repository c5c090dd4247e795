import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { hashBytes } from './merkle.ts';
import { parseNote } from './signed-note.ts';
import { decodeText, parseCount } from './strict-text.ts';

const header = 'c2sp.org/tlog-proof@v1';
const extraStart = 'extra ';
const indexStart = 'index ';
/** A tree of 2^53 leaves is 53 levels high, and no size beyond that is read. */
const proofHashesMax = 53;
/** Twice what a note may have, so that a large one with its proof still fits. */
const proofFileBytesMax = 512 * 1024;

/** `checkpoint` is the whole signed note, byte for byte; `extra` is vouched for by nobody. */
export type TlogProof = { index: number; hashes: Uint8Array[]; checkpoint: Uint8Array; extra?: Uint8Array };
export type TlogProofReading =
  | { ok: true; proof: TlogProof }
  | {
      ok: false;
      code:
        | 'proof_too_long'
        | 'malformed_proof'
        | 'malformed_extra'
        | 'malformed_index'
        | 'malformed_hash'
        | 'too_many_hashes'
        | 'malformed_checkpoint'
        | 'index_out_of_range';
    };

/**
 * Reads a proof file (c2sp.org/tlog-proof) strictly: the proof that is returned, formatted, gives the same bytes again, and
 * its checkpoint is a readable note of a tree that has the index. Signatures and hashes are left to verify.
 */
export function parseTlogProof(bytes: Uint8Array): TlogProofReading {
  if (bytes.length > proofFileBytesMax) return { ok: false, code: 'proof_too_long' };
  const text = decodeText(bytes);
  const blank = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || blank < 0) return { ok: false, code: 'malformed_proof' };
  const [first, ...lines] = text.slice(0, blank).split('\n');
  if (first !== header) return { ok: false, code: 'malformed_proof' };
  const checkpoint = utf8ToBytes(text.slice(blank + 2));
  const extraLine = lines[0]?.startsWith(extraStart) ? lines.shift() : undefined;
  if (extraLine === undefined) return parseProofLines(lines, checkpoint);
  const extra = decodeBase64(extraLine.slice(extraStart.length));
  if (extra === undefined || extra.length === 0) return { ok: false, code: 'malformed_extra' };
  const reading = parseProofLines(lines, checkpoint);
  return reading.ok ? { ok: true, proof: { ...reading.proof, extra } } : reading;
}

/** The bytes of a proof file. Throws when `parseTlogProof` would not read them. */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): Uint8Array {
  const lines = [
    header,
    ...(extra ? [`${extraStart}${encodeBase64(extra)}`] : []),
    `${indexStart}${index}`,
    ...hashes.map(encodeBase64),
  ];
  const bytes = concatBytes(utf8ToBytes(`${lines.join('\n')}\n\n`), checkpoint);
  const reading = parseTlogProof(bytes);
  if (!reading.ok) throw new RangeError(`No proof file can carry this: ${reading.code}`);
  return bytes;
}

function parseProofLines([indexLine = '', ...hashLines]: string[], checkpoint: Uint8Array): TlogProofReading {
  const index = indexLine.startsWith(indexStart) ? parseCount(indexLine.slice(indexStart.length)) : undefined;
  if (index === undefined) return { ok: false, code: 'malformed_index' };
  if (hashLines.length > proofHashesMax) return { ok: false, code: 'too_many_hashes' };
  const hashes = hashLines.map(decodeBase64);
  if (!hashes.every((hash): hash is Uint8Array => hash?.length === hashBytes))
    return { ok: false, code: 'malformed_hash' };
  const size = claimedSize(checkpoint);
  if (size === undefined) return { ok: false, code: 'malformed_checkpoint' };
  return index < size ? { ok: true, proof: { index, hashes, checkpoint } } : { ok: false, code: 'index_out_of_range' };
}

/** The size that the checkpoint claims, or undefined when it is not a readable note with a checkpoint for its text. */
function claimedSize(checkpoint: Uint8Array): number | undefined {
  const note = parseNote(checkpoint);
  const body = note.ok ? parseCheckpoint(note.note.text) : undefined;
  return body?.ok ? body.checkpoint.size : undefined;
}
