import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyBitFlipped, naiveTree, naiveTreeOf } from '#lib/testing/naive-merkle.ts';
import { emptyRoot, leafHash, nodeHash, siblingSides, verifyConsistency, verifyInclusion } from './merkle.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const sizesUpTo = (max: number) => Array.from({ length: max }, (_, index) => index + 1);
const flipped = (bytes: Uint8Array) => everyBitFlipped(bytes)[0] ?? bytes;

/** The eight entries, the roots and the proofs that the authors of RFC 6962 publish with their own implementation. */
const published = {
  entries: ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
    hex,
  ),
  roots: [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ].map(hex),
};
const publishedRoot = (size: number) => published.roots[size] ?? new Uint8Array(0);
const publishedEntry = (index: number) => published.entries[index] ?? new Uint8Array(0);

describe('published vectors', () => {
  const rows = published.roots.map((root, size) => ({ size, root }));
  test.each(rows)('the tree of the first $size published entries has the published root', ({ size, root }) => {
    expect(naiveTree(published.entries).root(size)).toEqual(root);
  });

  test('hashes of leaves, nodes and the empty tree are the published ones', () => {
    expect(emptyRoot()).toEqual(publishedRoot(0));
    expect(leafHash(publishedEntry(0))).toEqual(publishedRoot(1));
    expect(nodeHash(leafHash(publishedEntry(0)), leafHash(publishedEntry(1)))).toEqual(publishedRoot(2));
  });

  test.each([
    [
      5,
      8,
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
    [2, 3, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [
      1,
      5,
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ])('the published proof of entry %i in %i is accepted', (index, size, ...proof) => {
    const leaf = leafHash(publishedEntry(index));
    expect(
      verifyInclusion(
        leaf,
        index,
        size,
        proof.map((hash) => hex(String(hash))),
        publishedRoot(size),
      ),
    ).toEqual({ ok: true });
  });

  test.each([
    [
      6,
      8,
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
    [
      2,
      5,
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ])('the published proof that %i grew into %i is accepted', (oldSize, newSize, ...proof) => {
    const roots = [publishedRoot(oldSize), publishedRoot(newSize)] as const;
    expect(
      verifyConsistency(
        oldSize,
        newSize,
        ...roots,
        proof.map((hash) => hex(String(hash))),
      ),
    ).toEqual({ ok: true });
  });
});

describe('inclusion', () => {
  const tree = naiveTreeOf(300);
  const leaf = (index: number) => tree.leafHashes[index] ?? new Uint8Array(0);

  test('every leaf of every tree up to 300 is proved', () => {
    const places = sizesUpTo(300).flatMap((size) => Array.from({ length: size }, (_, index) => ({ index, size })));
    const verify = ({ index, size }: (typeof places)[number]) =>
      verifyInclusion(leaf(index), index, size, tree.inclusion(index, size), tree.root(size));
    expect(places).toHaveLength(45_150);
    expect(places.filter((place) => !verify(place).ok)).toEqual([]);
  });

  test('a proof with a hash more or fewer is refused for every size up to 300', () => {
    const verdicts = sizesUpTo(300).flatMap((size) => {
      const index = size >> 1;
      const proof = tree.inclusion(index, size);
      const others = [
        [...proof, leaf(0)],
        [leaf(0), ...proof],
        ...(size > 1 ? [proof.slice(1), proof.slice(0, -1)] : []),
      ];
      return others.map((other) => verifyInclusion(leaf(index), index, size, other, tree.root(size)));
    });
    expect(new Set(verdicts.map((verdict) => (verdict.ok ? 'accepted' : verdict.code)))).toEqual(
      new Set(['wrong_proof_length']),
    );
  });

  test('a bit turned over in leaf, proof or root is refused', () => {
    const proof = tree.inclusion(5, 11);
    const verdicts = [
      ...everyBitFlipped(leaf(5)).map((bad) => verifyInclusion(bad, 5, 11, proof, tree.root(11))),
      ...everyBitFlipped(tree.root(11)).map((bad) => verifyInclusion(leaf(5), 5, 11, proof, bad)),
      ...proof.flatMap((hash, at) =>
        everyBitFlipped(hash).map((bad) => verifyInclusion(leaf(5), 5, 11, proof.with(at, bad), tree.root(11))),
      ),
    ];
    expect(verdicts).toHaveLength((2 + proof.length) * 256);
    expect(verdicts.filter(({ ok }) => ok)).toEqual([]);
  });

  test('a proof holds for its own leaf, place and tree only', () => {
    const place = fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
    fc.assert(
      fc.property(place, place, ([index, size], [otherIndex, otherSize]) => {
        const proof = tree.inclusion(index, size);
        const isSame = index === otherIndex && size === otherSize;
        const verdict = verifyInclusion(leaf(otherIndex), otherIndex, otherSize, proof, tree.root(otherSize));
        expect(verdict.ok).toBe(
          isSame || JSON.stringify(proof) === JSON.stringify(tree.inclusion(otherIndex, otherSize)),
        );
      }),
    );
  });

  test.each([
    ['an index of the tree size', 8, 8, [], 'index_out_of_range'],
    ['any index of the empty tree', 0, 0, [], 'index_out_of_range'],
    ['a negative index', -1, 8, [], 'not_a_count'],
    ['half an index', 0.5, 8, [], 'not_a_count'],
    ['no number', Number.NaN, 8, [], 'not_a_count'],
    ['a size beyond whole numbers', 0, 2 ** 53, [], 'not_a_count'],
    ['a hash of 31 bytes', 0, 2, [new Uint8Array(31)], 'not_a_hash'],
    ['no proof where one hash belongs', 0, 2, [], 'wrong_proof_length'],
    ['a proof where none belongs', 0, 1, [new Uint8Array(32)], 'wrong_proof_length'],
    ['a hash that leads elsewhere', 0, 2, [new Uint8Array(32)], 'wrong_root'],
  ])('refuses %s', (_name, index, size, proof, code) => {
    expect(verifyInclusion(leaf(0), index, size, proof, tree.root(2))).toEqual({ ok: false, code });
  });

  test('refuses a leaf or root that is no hash', () => {
    expect(verifyInclusion(hex('00'), 0, 1, [], hex('00'))).toEqual({ ok: false, code: 'not_a_hash' });
  });
});

describe('consistency', () => {
  const tree = naiveTreeOf(130);
  const verify = (oldSize: number, newSize: number, proof: Uint8Array[]) =>
    verifyConsistency(oldSize, newSize, tree.root(oldSize), tree.root(newSize), proof);

  const pairsUpTo = (max: number) =>
    [0, ...sizesUpTo(max)].flatMap((newSize) => [0, ...sizesUpTo(newSize)].map((oldSize) => ({ oldSize, newSize })));

  test('every pair of trees up to 130 is proved, and not with a hash more or fewer', () => {
    const wrong = pairsUpTo(130).filter(({ oldSize, newSize }) => {
      const proof = tree.consistency(oldSize, newSize);
      const others = [[...proof, tree.root(1)], ...(proof.length > 0 ? [proof.slice(0, -1), proof.slice(1)] : [])];
      return !verify(oldSize, newSize, proof).ok || others.some((other) => verify(oldSize, newSize, other).ok);
    });
    expect(wrong).toEqual([]);
  });

  test('another old root is refused for every pair of trees up to 40', () => {
    const accepted = pairsUpTo(40).filter(({ oldSize, newSize }) => {
      const proof = tree.consistency(oldSize, newSize);
      return verifyConsistency(oldSize, newSize, flipped(tree.root(oldSize)), tree.root(newSize), proof).ok;
    });
    expect(accepted).toEqual([]);
  });

  test('another new root is refused for every pair of trees up to 40, but for growth out of nothing, which any tree is', () => {
    const accepted = pairsUpTo(40).filter(({ oldSize, newSize }) => {
      const proof = tree.consistency(oldSize, newSize);
      return verifyConsistency(oldSize, newSize, tree.root(oldSize), flipped(tree.root(newSize)), proof).ok;
    });
    expect(accepted).toEqual(sizesUpTo(40).map((newSize) => ({ oldSize: 0, newSize })));
  });

  test.each([
    [7, 11],
    [8, 11],
  ])('a bit turned over in the proof that %i grew into %i, or in a root, is refused', (oldSize, newSize) => {
    const proof = tree.consistency(oldSize, newSize);
    const roots = [tree.root(oldSize), tree.root(newSize)] as const;
    const verdicts = [
      ...everyBitFlipped(roots[0]).map((bad) => verifyConsistency(oldSize, newSize, bad, roots[1], proof)),
      ...everyBitFlipped(roots[1]).map((bad) => verifyConsistency(oldSize, newSize, roots[0], bad, proof)),
      ...proof.flatMap((hash, at) =>
        everyBitFlipped(hash).map((bad) => verifyConsistency(oldSize, newSize, ...roots, proof.with(at, bad))),
      ),
    ];
    expect(verdicts.filter(({ ok }) => ok)).toEqual([]);
  });

  test.each([
    ['a tree that shrinks', 3, 2, [], 'sizes_out_of_order'],
    ['a negative size', -1, 2, [], 'not_a_count'],
    ['a size beyond whole numbers', 1, 2 ** 53, [], 'not_a_count'],
    ['a hash of 33 bytes', 1, 2, [new Uint8Array(33)], 'not_a_hash'],
    ['a proof from the empty tree', 0, 2, [new Uint8Array(32)], 'wrong_proof_length'],
    ['a proof for no growth', 2, 2, [new Uint8Array(32)], 'wrong_proof_length'],
    ['growth without a proof', 3, 7, [], 'wrong_proof_length'],
    ['growth of a whole subtree without a proof', 4, 7, [], 'wrong_proof_length'],
  ])('refuses %s', (_name, oldSize, newSize, proof, code) => {
    expect(verifyConsistency(oldSize, newSize, tree.root(1), tree.root(2), proof)).toEqual({ ok: false, code });
  });

  test('refuses a root of the empty tree that is none, and a new root of another history', () => {
    expect(verifyConsistency(0, 5, tree.root(1), tree.root(5), [])).toEqual({ ok: false, code: 'wrong_root' });
    expect(verifyConsistency(5, 5, tree.root(5), tree.root(4), [])).toEqual({ ok: false, code: 'wrong_root' });
    expect(verifyConsistency(0, 0, tree.root(1), tree.root(1), [])).toEqual({ ok: false, code: 'wrong_root' });
  });
});

test('joined on the sides that are told, every leaf and its siblings give the root', () => {
  const tree = naiveTreeOf(40);
  for (const size of sizesUpTo(40)) {
    for (const [index, leaf] of tree.leafHashes.slice(0, size).entries()) {
      const sides = siblingSides(index, size);
      const siblings = tree.inclusion(index, size);
      expect(sides).toHaveLength(siblings.length);
      const root = siblings.reduce(
        (node, sibling, at) => (sides[at] === 'left' ? nodeHash(sibling, node) : nodeHash(node, sibling)),
        leaf,
      );
      expect(root).toEqual(new Uint8Array(tree.root(size)));
    }
  }
});
