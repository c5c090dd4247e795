import { agree } from './compare.ts';
import { crossAcceptance } from './cross-acceptance.ts';
import { crossContext } from './cross-context.ts';
import { crossEvidence } from './cross-evidence.ts';
import { crossIntegrity } from './cross-integrity.ts';
import { crossLabels } from './cross-labels.ts';
import { crossLender } from './cross-lender.ts';
import { crossMoments } from './cross-moments.ts';
import { crossSoftware } from './cross-software.ts';
import type { Dossier } from './dossier.ts';
import type { DetailsRecord } from './records.ts';
import { type Finding, tampered } from './verdict.ts';

/**
 * Step 6: records that no event commits to (evidence, consents, receipt) say what those say to which one does, and these agree with
 * each other. A comparison with a file that is not there is left out: its absence is told by another check.
 */
export function checkCross(dossier: Dossier): Finding[] {
  const { session, manifest, evidence } = dossier;
  const last = lastDetails(dossier);
  return [
    ...(session ? agree('signingSessionId of session.json', session.signingSessionId, manifest.signingSessionId) : []),
    ...checkVersions(dossier),
    ...crossEvidence(dossier, last),
    ...crossAcceptance(dossier, last),
    ...crossLender(dossier),
    ...crossSoftware(dossier),
    ...crossContext(dossier),
    ...(evidence ? [crossLabels, crossMoments, crossIntegrity].flatMap((check) => check(dossier, evidence)) : []),
  ];
}

function lastDetails({ details }: Dossier): DetailsRecord | undefined {
  return details.get(Math.max(...details.keys()));
}

function checkVersions({ details }: Dossier): Finding[] {
  const numbers = [...details.keys()].sort((a, b) => a - b);
  const misplaced = numbers.filter((number, index) => number !== index + 1 || details.get(number)?.version !== number);
  const isByMerchant = details.get(1)?.setBy !== 'signer';
  return [
    ...misplaced.map((number) => tampered(`details-${number}.json is not the version after the one before it`)),
    ...(isByMerchant ? [] : [tampered('details-1.json is not by the merchant')]),
  ];
}
