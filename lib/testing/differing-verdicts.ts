import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf } from '#lib/evidence/verify/verdict.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import { dossierMutations } from './dossier-mutations.ts';
import { runPythonVerifierOften } from './python-verifier.ts';
import { referenceDossier } from './reference-dossier.ts';
import { rememberingStamps } from './valid-mutations.ts';

type Difference = { name: string; typescript: number; python: number | undefined };

/** So many changed dossiers before both verifiers: on which the two differ, and how many were judged. */
export async function differingVerdicts(count: number): Promise<{ differing: Difference[]; judged: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-both-'));
  const written = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  try {
    const reference = await referenceDossier();
    const { trust } = reference;
    const verifyTimeStamp = rememberingStamps();
    const trusting = ['--json', '--trust', written('trust.json', trust)];
    const judged: { name: string; code: number; call: string[] }[] = [];
    for await (const { name, dossier } of dossierMutations(reference, count, 20_261_121)) {
      const { verdict } = await verifyDossier({ dossier, trust, verifyTimeStamp });
      judged.push({ name, code: exitCodeOf[verdict], call: [written(`${judged.length}.zip`, dossier), ...trusting] });
    }
    const outcomes = await runPythonVerifierOften(judged.map(({ call }) => call));
    const differing = judged.flatMap(({ name, code }, index) =>
      outcomes[index]?.code === code ? [] : [{ name, typescript: code, python: outcomes[index]?.code }],
    );
    return { differing, judged: judged.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
