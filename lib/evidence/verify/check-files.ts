import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type Manifest, manifestName, manifestSignatureName } from '#lib/evidence/dossier/manifest.ts';
import { type Finding, tampered } from './verdict.ts';

/** Step 2, first half: exactly the listed files are there, each with its length and hash, and none was damaged on its way. */
export function checkFiles(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: Manifest,
  damaged: readonly string[],
): Finding[] {
  const listed = new Set([manifestName, manifestSignatureName, ...manifest.files.map(({ name }) => name)]);
  return [
    ...damaged.map((name) => tampered(`${name} does not have the CRC-32 that the archive states`)),
    ...manifest.files.flatMap((entry) => checkFile(entry, files.get(entry.name))),
    ...[...files.keys()]
      .filter((name) => !listed.has(name))
      .map((name) => tampered(`${name} is not in the list of contents`)),
  ];
}

function checkFile(
  { name, length, sha256: stated }: Manifest['files'][number],
  bytes: Uint8Array | undefined,
): Finding[] {
  if (!bytes) return [tampered(`${name} is listed and not there`)];
  if (bytes.length !== length) return [tampered(`${name} has ${bytes.length} bytes and not ${length}`)];
  return bytesToHex(sha256(bytes)) === stated ? [] : [tampered(`${name} does not have the SHA-256 that is listed`)];
}
