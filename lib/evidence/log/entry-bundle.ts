import { tileWidth } from './tile.ts';

/** Entries carry their length in two bytes. */
const lengthBytes = 2;
const entryBytesMax = 0xffff;

export type EntryBundleReading =
  | { ok: true; entries: Uint8Array[] }
  | { ok: false; code: 'cut_short' | 'wrong_entry_count' };

/** The bytes of an entry bundle (c2sp.org/tlog-tiles): each entry after its length, big-endian. 1 to 256 entries of at most 65,535 bytes. */
export function formatEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > tileWidth)
    throw new RangeError(`A bundle holds 1 to ${tileWidth} entries, not ${entries.length}`);
  if (entries.some(({ length }) => length > entryBytesMax))
    throw new RangeError(`An entry is longer than ${entryBytesMax} bytes`);
  const bundle = new Uint8Array(entries.reduce((sum, { length }) => sum + lengthBytes + length, 0));
  const view = new DataView(bundle.buffer);
  let offset = 0;
  for (const entry of entries) {
    view.setUint16(offset, entry.length);
    bundle.set(entry, offset + lengthBytes);
    offset += lengthBytes + entry.length;
  }
  return bundle;
}

/** Reads a bundle that must hold exactly `width` entries, and nothing after them. */
export function parseEntryBundle(bytes: Uint8Array, width: number): EntryBundleReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    if (entries.length === width) return { ok: false, code: 'wrong_entry_count' };
    if (offset + lengthBytes > bytes.length) return { ok: false, code: 'cut_short' };
    const start = offset + lengthBytes;
    offset = start + view.getUint16(offset);
    if (offset > bytes.length) return { ok: false, code: 'cut_short' };
    entries.push(bytes.slice(start, offset));
  }
  return entries.length === width ? { ok: true, entries } : { ok: false, code: 'wrong_entry_count' };
}
