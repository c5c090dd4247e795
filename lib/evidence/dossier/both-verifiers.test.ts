import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodeOf } from '#lib/evidence/verify/verdict.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import { dossierMutations } from '#lib/testing/dossier-mutations.ts';
import { needPythonAndOpenSsl, runPythonVerifierOften } from '#lib/testing/python-verifier.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { rememberingStamps } from '#lib/testing/valid-mutations.ts';

const patientMs = 600_000;
const folder = mkdtempSync(join(tmpdir(), 'aceite-both-'));

beforeAll(needPythonAndOpenSsl);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('both verifiers have the same verdict on 1,000 changed dossiers', { timeout: patientMs }, async () => {
  const reference = await referenceDossier();
  const { trust } = reference;
  const verifyTimeStamp = rememberingStamps();
  const trusting = ['--json', '--trust', written('trust.json', trust)];
  const judged: { name: string; code: number; call: string[] }[] = [];
  for await (const { name, dossier } of dossierMutations(reference, 1_000, 20_261_121)) {
    const { verdict } = await verifyDossier({ dossier, trust, verifyTimeStamp });
    judged.push({ name, code: exitCodeOf[verdict], call: [written(`${judged.length}.zip`, dossier), ...trusting] });
  }
  const outcomes = await runPythonVerifierOften(judged.map(({ call }) => call));
  const differing = judged.flatMap(({ name, code }, index) =>
    outcomes[index]?.code === code ? [] : [{ name, typescript: code, python: outcomes[index]?.code }],
  );
  expect(differing).toEqual([]);
  expect(judged).toHaveLength(1_000);
});

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
