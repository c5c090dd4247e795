import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '#lib/domain/canonical-json.ts';

export const manifestName = 'manifest.json';
export const manifestSignatureName = 'manifest.sig';
export const dossierFormat = 'aceite-dossier-1';

export type Manifest = {
  format: typeof dossierFormat;
  signingSessionId: string;
  state: 'final' | 'interim';
  files: { name: string; length: number; sha256: string }[];
};

/**
 * The bytes of `manifest.json`: canonical JSON that names every file with its length and SHA-256, sorted by name. The manifest and its
 * signature cannot be in it and are passed over when they are among the files.
 */
export function manifestBytes(
  about: Pick<Manifest, 'signingSessionId' | 'state'>,
  files: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const manifest: Manifest = {
    format: dossierFormat,
    ...about,
    files: [...files]
      .filter(([name]) => name !== manifestName && name !== manifestSignatureName)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, bytes]) => ({ name, length: bytes.length, sha256: bytesToHex(sha256(bytes)) })),
  };
  return utf8ToBytes(canonicalJson(manifest));
}
