import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { type ReferenceOptions, referenceDossier, type TrustFile } from '../reference-dossier.ts';
import type { Files } from '../reference-log.ts';

/**
 * One dossier, good or bad, and the verdict that every verifier must give. `make` makes it anew, with time-stamp authorities of this
 * run, so that no file of the repository looks like evidence. Without `trust` it is checked without a trust file.
 */
export type DossierVector = {
  name: string;
  verdict: Verdict;
  make(): Promise<{ dossier: Uint8Array; trust?: Uint8Array }>;
};

/** A reference dossier made with these changes; whatever comes after a change is made anew around it. */
export function made(name: string, verdict: Verdict, options: ReferenceOptions = {}): DossierVector {
  return { name, verdict, make: () => referenceDossier(options) };
}

/** The same with a change to the files, listed and sealed again by the portal's own key. */
export function resealed(name: string, verdict: Verdict, ...changes: ((files: Files) => void)[]): DossierVector {
  return made(name, verdict, {
    changeFiles: (files) => {
      for (const change of changes) change(files);
    },
  });
}

/** The same checked by somebody who trusts otherwise. */
export function trusting(
  name: string,
  verdict: Verdict,
  change: (trust: TrustFile) => Partial<TrustFile>,
): DossierVector {
  return made(name, verdict, { changeTrust: (trust) => Object.assign(trust, change(trust)) });
}

/** Changes of files, for the places that take one. */
export const without =
  (...names: string[]) =>
  (files: Files): void => {
    for (const name of names) if (!files.delete(name)) throw new Error(`There is no ${name}`);
  };

export const put =
  (name: string, content: string | Uint8Array) =>
  (files: Files): void => {
    files.set(name, new Uint8Array(Buffer.from(content)));
  };

/** Writes the text of a file anew. Throws when that changes nothing, for the vector would then test nothing. */
export const rewrite =
  (name: string, change: (text: string) => string) =>
  (files: Files): void => {
    const before = textOf(files, name);
    const after = change(before);
    if (after === before) throw new Error(`The change leaves ${name} as it is`);
    put(name, after)(files);
  };

export const replace = (name: string, from: string | RegExp, to: string) =>
  rewrite(name, (text) => text.replace(from, to));

/** Changes a record and writes it in canonical form again. */
export const edit = <T>(name: string, change: (record: T) => void) =>
  rewrite(name, (text) => {
    const record: T = JSON.parse(text);
    change(record);
    return canonicalJson(record);
  });

export function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`There is no ${name}`);
  return Buffer.from(bytes).toString();
}

/** A copy with one bit turned over. */
export function flipped(bytes: Uint8Array | undefined, bit: number): Uint8Array {
  const copy = new Uint8Array(bytes ?? []);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
