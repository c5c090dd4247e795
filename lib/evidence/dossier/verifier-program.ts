import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let kept: Uint8Array | undefined;

/** `verify.py`, the verifier that every dossier carries, as it stands in this build. Read once; the working folder is the project's. */
export function verifierProgram(): Uint8Array {
  kept ??= readFileSync(join(process.cwd(), 'lib', 'evidence', 'dossier', 'verify.py'));
  return kept;
}
