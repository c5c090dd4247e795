import { crc32 } from 'node:zlib';

export type Files = Map<string, Buffer>;

/** The files of a dossier, whose entries are all stored as they are, read along their local headers. Throws for a wrong checksum. */
export function unzipped(zip: Buffer): Files {
  const files: Files = new Map();
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [checksum, length] = [zip.readUInt32LE(at + 14), zip.readUInt32LE(at + 18)];
    const start = at + 30 + zip.readUInt16LE(at + 26);
    const name = zip.toString('latin1', at + 30, start);
    const content = zip.subarray(start, start + length);
    if (crc32(content) !== checksum) throw new Error(`${name} has another checksum than its header says`);
    files.set(name, content);
    at = start + length;
  }
  return files;
}
