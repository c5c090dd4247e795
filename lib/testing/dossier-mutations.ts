import { manifestBytes } from '#lib/evidence/dossier/manifest.ts';
import { zipOf } from '#lib/evidence/dossier/write-zip.ts';
import { type ReferenceDossier, referenceDossier, referenceSessionId, sealSigner } from './reference-dossier.ts';
import type { Files } from './reference-log.ts';

/** Numbers that look like chance and are the same for a seed in every run (mulberry32). `below(n)` is a whole number under n. */
type Chance = { below(limit: number): number };

function chance(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (limit) => Math.floor(next() * limit) };
}

type Change = (bytes: Uint8Array, chance: Chance, other: Uint8Array) => Uint8Array | undefined;

/** What can happen to the content of a file; `other` is that of another file. Undefined takes the file away. */
const changes: Record<string, Change> = {
  gone: () => undefined,
  'in place of another': (_, __, other) => other,
  'with another behind it': (bytes, _, other) => Buffer.concat([bytes, other]),
  emptied: () => new Uint8Array(0),
  'cut short': (bytes, { below }) => bytes.slice(0, below(bytes.length)),
  'without its beginning': (bytes, { below }) => bytes.slice(1 + below(bytes.length)),
  'with a range cut out': (bytes, { below }) => {
    const start = below(bytes.length);
    return Buffer.concat([bytes.slice(0, start), bytes.slice(start + 1 + below(40))]);
  },
  'with a range twice': (bytes, { below }) => {
    const start = below(bytes.length);
    const end = start + 1 + below(40);
    return Buffer.concat([bytes.slice(0, end), bytes.slice(start)]);
  },
  'with a byte changed': (bytes, { below }) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(below(256), below(copy.length));
    return copy;
  },
  'with a byte more': (bytes, { below }) => {
    const at = below(bytes.length + 1);
    return Buffer.concat([bytes.slice(0, at), Buffer.of(below(256)), bytes.slice(at)]);
  },
  'with a digit changed': (bytes, { below }) => inText(bytes, /\d/g, below, () => String(below(10))),
  'with a word changed': (bytes, { below }) => inText(bytes, /"[^"]*"/g, below, () => '"x"'),
  'with a member less': (bytes, { below }) => inText(bytes, /"[^"]*":("[^"]*"|\d+|true|false),?/g, below, () => ''),
  'with a member twice': (bytes, { below }) =>
    inText(bytes, /"[^"]*":("[^"]*"|\d+),/g, below, (found) => found + found),
  'with a line less': (bytes, { below }) => inText(bytes, /[^\n]*\n/g, below, () => ''),
  'with a line twice': (bytes, { below }) => inText(bytes, /[^\n]*\n/g, below, (found) => found + found),
  'with its lines turned round': (bytes) =>
    Buffer.from(`${Buffer.from(bytes).toString().trimEnd().split('\n').reverse().join('\n')}\n`),
};

function inText(
  bytes: Uint8Array,
  pattern: RegExp,
  below: Chance['below'],
  change: (found: string) => string,
): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const found = [...text.matchAll(pattern)];
  const one = found[below(found.length)];
  if (!one) return bytes;
  const end = one.index + one[0].length;
  return Buffer.from(text.slice(0, one.index) + change(one[0]) + text.slice(end), 'latin1');
}

/** Without the seal key a forger may list the files anew or not; with it, whatever the events and the log bind must still hold. */
const hands = ['a stranger', 'a stranger who lists the files anew', 'the holder of the seal key'] as const;

/** What events, log and each other bind. The rest of a dossier is vouched for by the seal alone. */
const bound =
  /^(?:session\.json|contract.*|details-1\.json|acceptance\.json|events\.jsonl|receipt\.\w+|consent\/.*|lender\/.*|keys\/.*|proofs\/(?:[145]\..*|statement.*|c.*))$/;

export type Mutation = { name: string; dossier: Uint8Array };

/** So many changed copies of a reference dossier, none of which is the reference itself. */
export async function* dossierMutations(
  { files }: ReferenceDossier,
  count: number,
  seed: number,
): AsyncGenerator<Mutation> {
  const stranger = await referenceDossier({
    stage: 'declined',
    signingSessionId: '5f0d9c52-6c1e-4b7a-9d57-0a4c1f6b2e11',
  });
  const drawn = chance(seed);
  for (let made = 0; made < count; ) {
    const mutation = await mutated(files, stranger.files, drawn);
    if (!mutation) continue;
    made += 1;
    yield mutation;
  }
}

async function mutated(files: Files, stranger: Files, drawn: Chance): Promise<Mutation | undefined> {
  const { below } = drawn;
  const hand = hands[below(hands.length)] ?? 'a stranger';
  const names = [...files.keys()].filter((name) => hand !== 'the holder of the seal key' || bound.test(name));
  const name = names[below(names.length)] ?? '';
  const source = below(2) === 0 ? files : stranger;
  const other = [...source.values()][below(source.size)] ?? new Uint8Array(0);
  const [what = '', change] = Object.entries(changes)[below(Object.keys(changes).length)] ?? [];
  const before = files.get(name) ?? new Uint8Array(0);
  const after = change?.(before, drawn, other);
  if (after && Buffer.compare(after, before) === 0) return undefined;
  const copy: Files = new Map(files);
  if (after) copy.set(name, new Uint8Array(after));
  else copy.delete(name);
  if (hand !== 'a stranger' && !name.startsWith('manifest.'))
    await listAnew(copy, hand === 'the holder of the seal key');
  return { name: `${name} ${what}, by ${hand}`, dossier: zipOf(copy) };
}

async function listAnew(files: Files, isSealed: boolean): Promise<void> {
  const manifest = manifestBytes({ signingSessionId: referenceSessionId, state: 'final' }, files);
  files.set('manifest.json', manifest);
  if (isSealed) files.set('manifest.sig', await sealSigner.sign(manifest));
}

/** Copies of the bytes with one bit turned over: every `stride`th bit, beginning with the `first`. */
export function* flippedBits(bytes: Uint8Array, stride: number, first = 0): Generator<Mutation> {
  for (let bit = first; bit < bytes.length * 8; bit += stride) {
    const copy = bytes.slice();
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield { name: `bit ${bit & 7} of byte ${bit >> 3}`, dossier: copy };
  }
}
