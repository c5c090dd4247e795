import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needPythonAndOpenSsl, runPythonVerifierOften } from '#lib/testing/python-verifier.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { type Retold, retoldDossiers } from '#lib/testing/retold-evidence.ts';
import { rememberingStamps } from '#lib/testing/valid-mutations.ts';
import type { Verdict } from './verdict.ts';
import { verifyDossier } from './verify-dossier.ts';

/**
 * What the holder of the seal alone can say otherwise in evidence.json, and no verifier sees: words of that view, with no record behind
 * them that an event commits to. Each with the reason why it is one.
 */
const wordsOfTheViewAlone: Record<string, string> = {
  'integrity.log.value.checkpointAt':
    'a checkpoint names no time; stamps and cosignatures do, and those times are compared',
  'delivery.lenderWords': "what the portal makes of the lender's reply, which itself is compared",
  keeping:
    'what the portal promises of its own keeping as of the day on which the dossier was made; terms and holds change it later',
};

const manyMs = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'aceite-retold-'));

beforeAll(needPythonAndOpenSsl);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['corrected', 'declined'] as const)(
  'evidence.json of a session %s, told otherwise in one place',
  (stage) => {
    const reference = referenceDossier({ stage });
    const retold = reference.then(retoldDossiers);

    test('is never valid, but for the words of the view alone', { timeout: manyMs }, async () => {
      const { trust } = await reference;
      const verifyTimeStamp = rememberingStamps();
      const verdicts: Verdict[] = [];
      for (const { dossier } of await retold)
        verdicts.push((await verifyDossier({ dossier, trust, verifyTimeStamp })).verdict);
      expect(unseen(await retold, (index) => verdicts[index] === 'VALID')).toEqual(expectedOf(stage));
    });

    test('is never valid for the second verifier either', { timeout: manyMs }, async () => {
      const { trust } = await reference;
      const trusting = ['--json', '--trust', written('trust.json', trust)];
      const calls = (await retold).map(({ dossier }, index) => [written(`${index}.zip`, dossier), ...trusting]);
      const outcomes = await runPythonVerifierOften(calls);
      expect(outcomes).toHaveLength((await retold).length);
      expect(unseen(await retold, (index) => outcomes[index]?.code === 0)).toEqual(expectedOf(stage));
    });
  },
);

/** The names of the list under which something passed, and every path that stands under none. */
function unseen(retold: readonly Retold[], isValid: (index: number) => boolean): string[] {
  const paths = retold.flatMap(({ path }, index) => (isValid(index) ? [path] : []));
  const named = paths.map(
    (path) => Object.keys(wordsOfTheViewAlone).find((name) => path === name || path.startsWith(`${name}.`)) ?? path,
  );
  return [...new Set(named)].sort();
}

/** Nobody has words for a session that was never sent to the lender. */
function expectedOf(stage: 'corrected' | 'declined'): string[] {
  const names = Object.keys(wordsOfTheViewAlone).sort();
  return stage === 'declined' ? names.filter((name) => name !== 'delivery.lenderWords') : names;
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
