import { crc32 } from 'node:zlib';

/** An entry of a ZIP that need not be a good one: any field of either header can say anything. */
export type RawEntry = {
  name: string | Uint8Array;
  content: Uint8Array;
  /** What both headers say, where it is not the truth. */
  both?: RawFields;
  local?: RawFields;
  central?: RawFields;
  /** Bytes between this entry and the next. */
  after?: Uint8Array;
  /** Says that the content lies elsewhere, and writes none. */
  offset?: number;
};

type RawFields = Partial<{
  needed: number;
  flags: number;
  method: number;
  time: number;
  date: number;
  crc: number;
  stored: number;
  size: number;
  madeBy: number;
  extra: Uint8Array;
  comment: Uint8Array;
  disk: number;
  internal: number;
  external: number;
  name: string;
}>;

type RawEnd = {
  before?: Uint8Array;
  comment?: Uint8Array;
  after?: Uint8Array;
  entries?: number;
  directoryBytes?: number;
  disk?: number;
};

/** Writes them in the order given, with whatever lies is asked for. */
export function rawZip(entries: readonly RawEntry[], end: RawEnd = {}): Uint8Array {
  const blocks = [Buffer.from(end.before ?? [])];
  const directory: Buffer[] = [];
  for (const entry of entries) {
    const offset = entry.offset ?? lengthOf(blocks);
    if (entry.offset === undefined)
      blocks.push(localOf(entry), Buffer.from(entry.content), Buffer.from(entry.after ?? []));
    directory.push(centralOf(entry, offset));
  }
  const start = lengthOf(blocks);
  const central = Buffer.concat(directory);
  const count = end.entries ?? entries.length;
  const comment = Buffer.from(end.comment ?? []);
  const closing = [
    half(end.disk ?? 0),
    half(0),
    half(count),
    half(count),
    word(end.directoryBytes ?? central.length),
    word(start),
    half(comment.length),
  ];
  const record = [Buffer.from('504b0506', 'hex'), ...closing, comment, Buffer.from(end.after ?? [])];
  return new Uint8Array(Buffer.concat([...blocks, central, ...record]));
}

function localOf({ name, content, both, local }: RawEntry): Buffer<ArrayBuffer> {
  const fields = { ...both, ...local };
  const written = Buffer.from(fields.name ?? name);
  const extra = Buffer.from(fields.extra ?? []);
  const head = [Buffer.from('504b0304', 'hex'), ...sharedOf(content, fields), half(written.length), half(extra.length)];
  return Buffer.concat([...head, written, extra]);
}

function centralOf({ name, content, both, central }: RawEntry, offset: number): Buffer<ArrayBuffer> {
  const fields = { ...both, ...central };
  const written = Buffer.from(fields.name ?? name);
  const extra = Buffer.from(fields.extra ?? []);
  const comment = Buffer.from(fields.comment ?? []);
  const lengths = [half(written.length), half(extra.length), half(comment.length)];
  const place = [half(fields.disk ?? 0), half(fields.internal ?? 0), word(fields.external ?? 0), word(offset)];
  const head = [
    Buffer.from('504b0102', 'hex'),
    half(fields.madeBy ?? 20),
    ...sharedOf(content, fields),
    ...lengths,
    ...place,
  ];
  return Buffer.concat([...head, written, extra, comment]);
}

function sharedOf(content: Uint8Array, f: RawFields): Buffer[] {
  const facts = [f.needed ?? 10, f.flags ?? 0, f.method ?? 0, f.time ?? 0, f.date ?? 0x21].map(half);
  const sizes = [f.crc ?? crc32(content), f.stored ?? content.length, f.size ?? content.length].map(word);
  return [...facts, ...sizes];
}

const lengthOf = (blocks: readonly Buffer[]): number => blocks.reduce((sum, { length }) => sum + length, 0);

function half(value: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function word(value: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
