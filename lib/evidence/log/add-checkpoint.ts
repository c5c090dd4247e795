import { utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64 } from './base64.ts';
import { hashBytes } from './merkle.ts';
import { decodeText, parseCount } from './strict-text.ts';

const oldSizeStart = 'old ';
/** c2sp.org/tlog-witness allows a client no more. */
const proofHashesMax = 63;

/** What a log asks of a witness: to cosign this checkpoint (a whole signed note), which extends the tree of `oldSize` leaves. */
export type AddCheckpoint = { oldSize: number; proof: Uint8Array[]; checkpoint: Uint8Array };

/** Reads the body of a call of `add-checkpoint` (c2sp.org/tlog-witness); undefined when it is none. The checkpoint is not read yet. */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpoint | undefined {
  const text = decodeText(body);
  const blank = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || blank < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, blank).split('\n');
  const oldSize = first.startsWith(oldSizeStart) ? parseCount(first.slice(oldSizeStart.length)) : undefined;
  const proof = lines.map(decodeBase64);
  if (oldSize === undefined || proof.length > proofHashesMax) return undefined;
  if (!proof.every((hash): hash is Uint8Array => hash?.length === hashBytes)) return undefined;
  return { oldSize, proof, checkpoint: utf8ToBytes(text.slice(blank + 2)) };
}
