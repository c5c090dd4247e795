import { formatCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { formatNote, signNote } from '#lib/evidence/log/signed-note.ts';
import { formatVerifierKey, signatureTypes, type VerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { naiveTree } from './naive-merkle.ts';
import { noteSigner } from './note-signer.ts';

/** A log that exists in memory alone: checkpoints of every size up to the number of its entries, and the proofs between them. */
export type SignedTree = {
  key: VerifierKey;
  vkey: string;
  checkpoint(size: number): Promise<Uint8Array>;
  consistency(oldSize: number, newSize: number): Uint8Array[];
};

/** Two with the same `origin` and `seedByte` and another `story` are one log that tells two histories. */
export function signedTree(options: { origin: string; seedByte: number; story?: string; size?: number }): SignedTree {
  const { origin, seedByte, story = 'entry', size: leaves = 40 } = options;
  const tree = naiveTree(Array.from({ length: leaves }, (_, index) => Buffer.from(`${story} ${index}`)));
  const signer = noteSigner(seedByte);
  const key = verifierKey(origin, signatureTypes.note, signer.publicKey);
  return {
    key,
    vkey: formatVerifierKey(key),
    checkpoint: async (size) => {
      const text = formatCheckpoint({ origin, size, root: tree.root(size) });
      return formatNote({ text, signatures: [await signNote(text, key, signer.sign)] });
    },
    consistency: (oldSize, newSize) => tree.consistency(oldSize, newSize),
  };
}
