import { readFileSync } from 'node:fs';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { exitCodeOf } from '#lib/evidence/verify/verdict.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';

/** What a run of this program, or of the other verifier, tells on stderr as JSON: the exit code that the dossier deserves, and its cost. */
export type ToldByRun = { code: number; cpuMs: number };

// A program of its own, so that it finds nothing compiled: verifies one dossier under a trust file.
const [dossierFile = '', trustFile = ''] = process.argv.slice(2);
const [dossier, trust] = [readFileSync(dossierFile), readFileSync(trustFile)];
const before = process.cpuUsage();
const { verdict } = await verifyDossier({ dossier, trust, verifyTimeStamp });
const { user, system } = process.cpuUsage(before);
const told: ToldByRun = { code: exitCodeOf[verdict], cpuMs: (user + system) / 1000 };
process.stderr.write(JSON.stringify(told));
