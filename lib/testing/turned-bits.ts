import { checkFiles } from '#lib/evidence/verify/check-files.ts';
import { readManifest } from '#lib/evidence/verify/read-manifest.ts';
import { readZip } from '#lib/evidence/verify/read-zip.ts';
import type { Mutation } from './dossier-mutations.ts';

/** The copies that the first steps let pass, for the whole verifier to judge, and how many bits were turned. */
type Passed = { passed: Mutation[]; turned: number };

/**
 * Turns over every single bit of a dossier, or every `stride`th, one at a time, and lets the verifier's own first steps look at what it is part of. Whatever one of
 * them finds decides, for no later step can make a verdict better, so only what passes them needs the whole verifier:
 * - a listed file is looked at by the check of its length and SHA-256 alone, its CRC-32 aside, which anybody can make anew;
 * - the list of contents by its reader, and then by the check of all files against what it says now;
 * - headers, names and directory by the reader of the archive.
 */
export function turnBits(dossier: Uint8Array, stride = 1): Passed {
  const bytes = dossier.slice();
  const isSeen = firstSteps(bytes);
  const passed: Mutation[] = [];
  let turned = 0;
  for (let place = 0; place < dossier.length * 8; place += stride) {
    const [at, bit] = [place >> 3, place & 7];
    const before = dossier[at] ?? 0;
    bytes[at] = before ^ (1 << bit);
    if (!isSeen(at)) passed.push({ name: `bit ${bit} of byte ${at}`, dossier: bytes.slice() });
    bytes[at] = before;
    turned += 1;
  }
  return { passed, turned };
}

/** Whether the first steps see that the byte at this place has changed. The contents are views of the bytes, and change with them. */
function firstSteps(bytes: Uint8Array): (at: number) => boolean {
  const zip = readZip(bytes);
  const reading = zip.ok ? readManifest(zip.files) : undefined;
  if (!zip.ok || !reading?.ok) throw new Error('the dossier whose bits are turned is none');
  const { files } = zip;
  const { manifest } = reading;
  const nameAt = namesByPlace(bytes, files);
  const checks = new Map<string | undefined, () => boolean>([
    [undefined, () => !readZip(bytes).ok],
    ['manifest.json', () => !isListRight(files)],
    // Only keys tell whether a seal is right.
    ['manifest.sig', () => false],
  ]);
  for (const entry of manifest.files) {
    const alone = new Map([[entry.name, files.get(entry.name) ?? new Uint8Array(0)]]);
    checks.set(entry.name, () => checkFiles(alone, { ...manifest, files: [entry] }, []).length > 0);
  }
  return (at) => checks.get(nameAt[at])?.() ?? false;
}

function isListRight(files: ReadonlyMap<string, Uint8Array>): boolean {
  const reading = readManifest(files);
  return reading.ok && checkFiles(files, reading.manifest, []).length === 0;
}

/** For each byte the file whose content it belongs to, undefined between contents. */
function namesByPlace(bytes: Uint8Array, files: ReadonlyMap<string, Uint8Array>): (string | undefined)[] {
  const names = new Array<string | undefined>(bytes.length).fill(undefined);
  for (const [name, content] of files) {
    const start = content.byteOffset - bytes.byteOffset;
    names.fill(name, start, start + content.length);
  }
  return names;
}
