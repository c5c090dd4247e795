import { crc32 } from '#lib/evidence/dossier/crc32.ts';
import { fixed, isEntryName, recordBytes, signatures, zipLimits } from '#lib/evidence/dossier/zip-format.ts';

/** `damaged` names the entries whose content does not have the CRC-32 that both of its headers state. */
export type ZipReading =
  | { ok: true; files: Map<string, Uint8Array>; damaged: string[] }
  | { ok: false; detail: string };

type Span = { name: string; offset: number; crc: number; size: number };

/**
 * Reads a ZIP of the one form that `write-zip.ts` makes, and refuses every other, so that no two readers can see different files in it. Never
 * throws and never takes more memory than the bytes it was given.
 */
export function readZip(bytes: Uint8Array): ZipReading {
  try {
    return readStrictly(bytes);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, detail: error.message };
    throw error;
  }
}

class Refused extends Error {}

function refuseUnless(holds: boolean, detail: string): void {
  if (!holds) throw new Refused(detail);
}

function readStrictly(bytes: Uint8Array): ZipReading {
  refuseUnless(bytes.length <= zipLimits.archiveBytes, `the file has more than ${zipLimits.archiveBytes} bytes`);
  refuseUnless(bytes.length >= recordBytes.end, 'the file is too short to be a ZIP');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = readEnd(view);
  const spans = readDirectory(bytes, view, end);
  const files = new Map<string, Uint8Array>();
  const damaged: string[] = [];
  let offset = 0;
  for (const span of spans) {
    refuseUnless(span.offset === offset, `${span.name} does not begin where the entry before it ends`);
    const start = offset + recordBytes.localHeader + span.name.length;
    refuseUnless(start + span.size <= end.directoryOffset, `${span.name} reaches into the directory`);
    expectFields(view, offset, localFields(span), `the local header of ${span.name}`);
    refuseUnless(
      asciiAt(bytes, offset + recordBytes.localHeader, span.name.length) === span.name,
      `${span.name} has another name before its content`,
    );
    const content = bytes.subarray(start, start + span.size);
    if (crc32(content) !== span.crc) damaged.push(span.name);
    files.set(span.name, content);
    offset = start + span.size;
  }
  refuseUnless(offset === end.directoryOffset, 'there is something between the last file and the directory');
  return { ok: true, files, damaged };
}

/** The end record must be the last 22 bytes: no comment, so nothing after it and no other place where it could be. */
function readEnd(view: DataView): { entries: number; directoryOffset: number } {
  const start = view.byteLength - recordBytes.end;
  const entries = view.getUint16(start + 10, true);
  const directoryBytes = view.getUint32(start + 12, true);
  const directoryOffset = view.getUint32(start + 16, true);
  const fields: Field[] = [
    [4, signatures.end],
    [2, 0],
    [2, 0],
    [2, entries],
    [2, entries],
    [4, directoryBytes],
    [4, directoryOffset],
    [2, 0],
  ];
  expectFields(view, start, fields, 'the end record');
  refuseUnless(entries > 0 && entries <= zipLimits.entries, `there are ${entries} entries`);
  refuseUnless(directoryOffset + directoryBytes === start, 'the directory does not end where the end record begins');
  return { entries, directoryOffset };
}

function readDirectory(bytes: Uint8Array, view: DataView, end: { entries: number; directoryOffset: number }): Span[] {
  const spans: Span[] = [];
  const directoryEnd = bytes.length - recordBytes.end;
  let at = end.directoryOffset;
  for (let index = 0; index < end.entries; index += 1) {
    refuseUnless(at + recordBytes.centralHeader <= directoryEnd, 'the directory is cut short');
    const nameLength = view.getUint16(at + 28, true);
    refuseUnless(nameLength <= zipLimits.nameLength, `a name has ${nameLength} characters`);
    refuseUnless(at + recordBytes.centralHeader + nameLength <= directoryEnd, 'the directory is cut short');
    const name = asciiAt(bytes, at + recordBytes.centralHeader, nameLength);
    refuseUnless(isEntryName(name), `${JSON.stringify(name)} is no name for a file of a dossier`);
    const before = spans.at(-1)?.name ?? '';
    refuseUnless(before < name, `${name} stands after ${before}, or twice`);
    const span = {
      name,
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    refuseUnless(span.size <= zipLimits.entryBytes, `${name} is longer than ${zipLimits.entryBytes} bytes`);
    expectFields(view, at, centralFields(span), `the directory's entry of ${name}`);
    spans.push(span);
    at += recordBytes.centralHeader + nameLength;
  }
  refuseUnless(at === directoryEnd, 'the directory holds more than its entries');
  return spans;
}

/** Bytes of a field and what it must be. */
type Field = readonly [size: 2 | 4, value: number];

function localFields(span: Span): Field[] {
  return [[4, signatures.localHeader], ...sharedFields(span)];
}

function centralFields(span: Span): Field[] {
  // Comment, disk and internal attributes; then the external ones.
  const zeros: Field[] = [
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
  ];
  return [[4, signatures.centralHeader], [2, fixed.madeBy], ...sharedFields(span), ...zeros, [4, span.offset]];
}

/** From the version needed to the length of the extra field: what both headers of an entry must say alike. */
function sharedFields({ name, crc, size }: Span): Field[] {
  // Flags, method and time are zero: stored as it is, sizes known in front.
  return [
    [2, fixed.versionNeeded],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, fixed.date],
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, 0],
  ];
}

function expectFields(view: DataView, start: number, fields: readonly Field[], where: string): void {
  let at = start;
  for (const [size, value] of fields) {
    const found = size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
    refuseUnless(found === value, `${where} says ${found} at byte ${at - start}, where only ${value} may stand`);
    at += size;
  }
}

/** One character per byte; whatever is not ASCII is refused with the name that it is part of. */
function asciiAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
