import { deflateRawSync } from 'node:zlib';
import { referenceDossier } from '../reference-dossier.ts';
import { type RawEntry, rawZip } from './raw-zip.ts';
import type { DossierVector } from './vector.ts';

/** Archives that two readers could read differently, or that would cost the reader dear. */
export const zipVectors: DossierVector[] = [
  packed('an empty file', () => new Uint8Array(0)),
  packed('something else than an archive', () => Buffer.from('%PDF-1.7 is no dossier, however long it may be')),
  packed('an archive without entries', () => rawZip([])),
  packed('a name that is there twice', (entries) => rawZip(doubled(entries, 'contract.txt'))),
  packed('a name that is there twice, with two contents', (entries) =>
    rawZip(doubled(entries, 'contract.txt', 'another contract')),
  ),
  packed('names out of order', (entries) => rawZip([...entries].reverse())),
  ...[
    '../outside.txt',
    '/absolute.txt',
    'a/../b.txt',
    'a//b.txt',
    './a.txt',
    'C:\\a.txt',
    'a\\b.txt',
    'folder/',
    '',
    '.hidden',
    'a/.hidden',
    'a\u0000b',
    'a b',
  ].map((name) =>
    packed(`the name ${JSON.stringify(name)}`, (entries) => rawZip(sorted([...entries, entryOf(name, 'x')]))),
  ),
  packed('a name in UTF-8', (entries) => rawZip(sorted([...entries, entryOf('ação.txt', 'x')]))),
  packed('a name of 201 characters', (entries) => rawZip(sorted([...entries, entryOf('a'.repeat(201), 'x')]))),
  packed('a bomb: one compressed file of 15 MiB', (entries) => rawZip(sorted([...entries, bomb(15 * 1024 * 1024)]))),
  packed('a bomb: files that overlap', overlapping),
  packed('a file that says it has 4 GiB', (entries) =>
    rawZip(changed(entries, { both: { size: 0xffffffff, stored: 0xffffffff } })),
  ),
  packed('a file of more than 16 MiB', (entries) =>
    rawZip(sorted([...entries, { name: 'z', content: Buffer.alloc(16 * 1024 * 1024 + 1) }])),
  ),
  packed('more than 4,096 entries', (entries) =>
    rawZip(sorted([...entries, ...Array.from({ length: 4097 }, (_, n) => entryOf(`z/${n}`, ''))])),
  ),
  packed('bytes after the end', (entries) => rawZip(entries, { after: Buffer.from('x') })),
  packed('bytes before the beginning', (entries) => rawZip(entries, { before: Buffer.from('MZ') })),
  packed('a comment', (entries) => rawZip(entries, { comment: Buffer.from('x') })),
  packed('another whole archive in the comment', (entries) => rawZip(entries, { comment: rawZip(entries) })),
  packed('two archives one after the other', (entries) => Buffer.concat([rawZip(entries), rawZip(entries)])),
  packed('a gap between two files', (entries) => rawZip(changed(entries, { after: Buffer.from('hidden') }))),
  packed('another number of entries than there are', (entries) => rawZip(entries, { entries: entries.length - 1 })),
  packed('a directory of another size', (entries) => rawZip(entries, { directoryBytes: 10 })),
  packed('a second disk', (entries) => rawZip(entries, { disk: 1 })),
  packed('an entry that says to lie beyond the end', (entries) => rawZip(changed(entries, { offset: 0x7fffffff }))),
  packed('the first half of an archive', (entries) => rawZip(entries).slice(0, 9_000)),
  packed('an archive without its last byte', (entries) => rawZip(entries).slice(0, -1)),
  ...fieldLies(),
  packed('a wrong CRC-32, both headers alike', (entries) => rawZip(changed(entries, { both: { crc: 1 } })), 'TAMPERED'),
  packed('the reference, written by another program', (entries) => rawZip(entries), 'VALID'),
];

function fieldLies(): DossierVector[] {
  const extra = Buffer.from('01000400aabbccdd', 'hex');
  const lies = {
    'another version needed': { needed: 20 },
    encryption: { flags: 1 },
    'sizes behind the content': { flags: 8 },
    'the flag of UTF-8 names': { flags: 0x800 },
    compression: { method: 8 },
    'a time of day': { time: 1 },
    'another day': { date: 0x22 },
    'an extra field': { extra },
    'another system': { madeBy: 0x0314 },
    'an entry comment': { comment: Buffer.from('x') },
    'another disk': { disk: 1 },
    'internal attributes': { internal: 1 },
    'the attributes of a symbolic link': { external: 0xa1ff0000 },
  };
  const different = {
    'another name': { name: 'contract.tx_' },
    'another size': { size: 1, stored: 1 },
    'another CRC-32': { crc: 7 },
    'an extra field': { extra },
    compression: { method: 8 },
  };
  return [
    ...Object.entries(lies).map(([what, both]) =>
      packed(`an entry with ${what}`, (entries) => rawZip(changed(entries, { both }))),
    ),
    ...Object.entries(different).map(([what, local]) =>
      packed(`${what} before the content than in the directory`, (entries) => rawZip(changed(entries, { local }))),
    ),
  ];
}

type Pack = (entries: RawEntry[]) => Uint8Array;

function packed(name: string, pack: Pack, verdict: DossierVector['verdict'] = 'INPUT_ERROR'): DossierVector {
  return {
    name: `ZIP: ${name}`,
    verdict,
    make: async () => {
      const { files, trust } = await referenceDossier();
      const entries = sorted([...files].map(([file, content]) => ({ name: file, content })));
      return { dossier: new Uint8Array(pack(entries)), trust };
    },
  };
}

const entryOf = (name: string, text: string): RawEntry => ({ name, content: Buffer.from(text) });

function sorted(entries: RawEntry[]): RawEntry[] {
  return entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

/** One entry in the middle is another. */
function changed(entries: readonly RawEntry[], change: Partial<RawEntry>): RawEntry[] {
  return entries.map((entry) => (entry.name === 'contract.txt' ? { ...entry, ...change } : entry));
}

function doubled(entries: readonly RawEntry[], name: string, text?: string): RawEntry[] {
  return entries.flatMap((entry) =>
    entry.name === name ? [entry, text === undefined ? entry : entryOf(name, text)] : [entry],
  );
}

function bomb(size: number): RawEntry {
  const content = deflateRawSync(Buffer.alloc(size));
  return { name: 'zz-bomb', content, both: { method: 8, size } };
}

/** Every further entry says that its content is that of the first. */
function overlapping(entries: RawEntry[]): Uint8Array {
  const [first] = entries;
  const more = Array.from({ length: 50 }, (_, n) => ({
    name: `zz/${n + 100}`,
    content: first?.content ?? Buffer.alloc(0),
    offset: 0,
  }));
  return rawZip([...entries, ...more]);
}
