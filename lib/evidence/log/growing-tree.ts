import { emptyRoot, nodeHash } from './merkle.ts';

/** A Merkle tree (RFC 6962 section 2.1) that remembers only its right edge: as many hashes as its size has binary digits. */
export type GrowingTree = { add(leafHash: Uint8Array): void; size(): number; root(): Uint8Array };

/** An empty one. */
export function growingTree(): GrowingTree {
  /** Roots of whole subtrees from the left, each larger than the next. */
  const edge: Uint8Array[] = [];
  let size = 0;
  return {
    add: (leafHash) => {
      let node = leafHash;
      // A whole subtree of the same height joins the new one. Plain division, because bit operators stop at 32 bits.
      for (let count = size; count % 2 === 1; count = Math.floor(count / 2)) {
        const left = edge.pop();
        if (left) node = nodeHash(left, node);
      }
      edge.push(node);
      size += 1;
    },
    size: () => size,
    root: () =>
      edge.reduceRight<Uint8Array | undefined>((right, left) => (right ? nodeHash(left, right) : left), undefined) ??
      emptyRoot(),
  };
}
