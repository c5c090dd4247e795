import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { partHash } from '#lib/evidence/event-chain.ts';
import type { Dossier } from './dossier.ts';
import { fileOfPart, isPartFile } from './file-names.ts';
import type { EventRecord } from './records.ts';
import { type Finding, incomplete, tampered } from './verdict.ts';

/** Step 5: the parts are the bytes that the events committed to, each once, and there is no part that none did. */
export function checkCommits({ events, files }: Dossier): Finding[] {
  const committed = new Set<string | undefined>();
  const findings = events.flatMap((event) => checkCommitsOf(event, files, committed));
  const strangers = [...files.keys()].filter((name) => isPartFile(name) && !committed.has(name));
  return [...findings, ...strangers.map((name) => tampered(`no event commits to ${name}`))];
}

/** Adds to `committed`. What is there already is not hashed again: thousands of events could commit to one large file. */
function checkCommitsOf(
  { sequence, salt, private: hidden }: EventRecord,
  files: Dossier['files'],
  committed: Set<string | undefined>,
): Finding[] {
  return Object.entries(hidden?.commits ?? {}).flatMap(([part, stated]) => {
    const name = fileOfPart(part);
    if (name !== undefined && committed.has(name)) return [tampered(`event ${sequence} commits to ${name} once more`)];
    committed.add(name);
    const bytes = name === undefined ? undefined : files.get(name);
    if (!bytes)
      return [incomplete(`${name ?? `the part "${part}"`}, to which event ${sequence} commits, is not there`)];
    const isTrue = bytesToHex(partHash(hexToBytes(salt), bytes)) === stated;
    return isTrue ? [] : [tampered(`${name} is not what event ${sequence} committed to`)];
  });
}
