import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { LogEntryKind } from '#lib/domain/log-entry-kind.ts';
import { appendLeaves } from '#lib/evidence/log/append-leaves.ts';
import { formatCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { cosign } from '#lib/evidence/log/cosignature.ts';
import { leafHash } from '#lib/evidence/log/merkle.ts';
import { formatNote, signNote } from '#lib/evidence/log/signed-note.ts';
import { inclusionProof, rootOf } from '#lib/evidence/log/tiles.ts';
import { formatTlogProof } from '#lib/evidence/log/tlog-proof.ts';
import { signatureTypes, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { logEntry } from '#lib/evidence/log-entry.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { noteSigner } from './note-signer.ts';
import { tileStore } from './tile-store.ts';

const logSigner = noteSigner(2);
export const logKey = verifierKey('log.example', signatureTypes.note, logSigner.publicKey);
const witnessSigner = noteSigner(3);
export const witnessKey = verifierKey('witness.example', signatureTypes.cosignature, witnessSigner.publicKey);

export type Files = Map<string, Uint8Array>;

/** After the checkpoint was signed, and the same in every run. */
export const stampedAt = new Date('2026-11-20T14:05:00.000Z');

export type LoggedEntry = { file: string; kind: LogEntryKind; hash: string };

/** What stands before the reference session in its log, of other sessions. */
const strangersBefore = 5;

/**
 * The files of `proofs/` for these entries of a log that also holds others: the signed checkpoint, a witness's line, and a proof for
 * each. `laterEntries` makes the tree grow, which gives another checkpoint of the same log.
 */
export async function referenceProofs(entries: readonly LoggedEntry[], laterEntries = 2): Promise<Files> {
  const stranger = (index: number) => leafHash(logEntry('event', sha256(`stranger ${index}`)));
  const leaves = [
    ...Array.from({ length: strangersBefore }, (_, index) => stranger(index)),
    ...entries.map(({ kind, hash }) => leafHash(logEntry(kind, hexToBytes(hash)))),
    ...Array.from({ length: laterEntries }, (_, index) => stranger(strangersBefore + index)),
  ];
  const store = tileStore();
  store.write(await appendLeaves(0, leaves, store.read));
  const size = leaves.length;
  const text = formatCheckpoint({ origin: logKey.name, size, root: await rootOf(size, store.read) });
  const checkpoint = formatNote({ text, signatures: [await signNote(text, logKey, logSigner.sign)] });
  const line = await cosign(text, witnessKey, 1_795_183_500, witnessSigner.sign);
  const cosignatures = formatNote({ text, signatures: [line] }).slice(utf8ToBytes(`${text}\n`).length);
  const files = new Map([
    ['proofs/checkpoint', checkpoint],
    ['proofs/cosignatures', cosignatures],
  ]);
  for (const [index, { file }] of entries.entries()) {
    const place = strangersBefore + index;
    const hashes = await inclusionProof(place, size, store.read);
    files.set(file, formatTlogProof({ index: place, hashes, checkpoint: concatBytes(checkpoint, cosignatures) }));
  }
  return files;
}
