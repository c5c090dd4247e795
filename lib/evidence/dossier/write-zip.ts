import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { crc32 } from './crc32.ts';
import { fixed, isEntryName, recordBytes, signatures, zipLimits } from './zip-format.ts';

/**
 * The ZIP of these files, by name: the same files always give the same bytes, in whatever order they are handed over (`zip-format.ts`).
 * Throws for a name or a size that the verifier would refuse.
 */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // Names are ASCII, of which the order of UTF-16 units is the order of bytes.
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length > zipLimits.entries) throw new RangeError(`A dossier holds at most ${zipLimits.entries} files`);
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, bytes] of entries) {
    if (!isEntryName(name)) throw new RangeError(`No file of a dossier can be called ${JSON.stringify(name)}`);
    if (bytes.length > zipLimits.entryBytes)
      throw new RangeError(`${name} is longer than ${zipLimits.entryBytes} bytes`);
    const facts = factsOf(name, bytes);
    const local = concatBytes(
      record(recordBytes.localHeader, [...word(signatures.localHeader), ...facts]),
      utf8ToBytes(name),
      bytes,
    );
    directory.push(centralHeader(name, facts, offset));
    locals.push(local);
    offset += local.length;
  }
  const central = concatBytes(...directory);
  const archive = concatBytes(...locals, central, endRecord(entries.length, central.length, offset));
  if (archive.length > zipLimits.archiveBytes)
    throw new RangeError(`A dossier has at most ${zipLimits.archiveBytes} bytes`);
  return archive;
}

/** What the local and the central header say alike: from the version needed to the length of the extra field. */
function factsOf(name: string, bytes: Uint8Array): number[] {
  const [flags, stored, time, extraLength] = [0, 0, 0, 0];
  return [
    ...[fixed.versionNeeded, flags, stored, time, fixed.date].flatMap(half),
    ...[crc32(bytes), bytes.length, bytes.length].flatMap(word),
    ...[name.length, extraLength].flatMap(half),
  ];
}

function centralHeader(name: string, facts: number[], offset: number): Uint8Array {
  const [commentLength, disk, internalAttributes, externalAttributes] = [0, 0, 0, 0];
  const fields = [
    ...word(signatures.centralHeader),
    ...half(fixed.madeBy),
    ...facts,
    ...[commentLength, disk, internalAttributes].flatMap(half),
    ...[externalAttributes, offset].flatMap(word),
  ];
  return concatBytes(record(recordBytes.centralHeader, fields), utf8ToBytes(name));
}

function endRecord(entries: number, directoryBytes: number, directoryOffset: number): Uint8Array {
  const [disk, directoryDisk, commentLength] = [0, 0, 0];
  return record(recordBytes.end, [
    ...word(signatures.end),
    ...[disk, directoryDisk, entries, entries].flatMap(half),
    ...[directoryBytes, directoryOffset].flatMap(word),
    ...half(commentLength),
  ]);
}

function record(length: number, bytes: number[]): Uint8Array {
  if (bytes.length !== length) throw new Error(`A record has ${bytes.length} bytes and not ${length}`);
  return Uint8Array.from(bytes);
}

const half = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff];
const word = (value: number): number[] => [...half(value & 0xffff), ...half(value >>> 16)];
