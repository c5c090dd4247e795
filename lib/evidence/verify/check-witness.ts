import { verifyCosignatures } from '#lib/evidence/log/cosignature.ts';
import type { Dossier } from './dossier.ts';
import { checkEventTimes } from './event-times.ts';
import { readClosing, readCosigned } from './note.ts';
import type { Trust } from './trust.ts';
import { type Finding, incomplete, invalid } from './verdict.ts';

/** Step 12: enough of the witnesses that the trust file names have seen the log grow up to this checkpoint, and no event is later. */
export async function checkWitness(dossier: Dossier, trust: Trust | undefined): Promise<Finding[] | 'skipped'> {
  const { files } = dossier;
  const reading = readClosing(files);
  const cosigned = reading?.ok && readCosigned(files, reading.closing);
  if (!cosigned) return 'skipped';
  if (!trust) return [incomplete('no witness is trusted')];
  const verdict = await verifyCosignatures(cosigned.note, trust.witnesses);
  if (!verdict.ok) return [invalid('a line in the name of a trusted witness is not its own')];
  const { witnessQuorum } = trust;
  const { length } = verdict.cosigned;
  const times = verdict.cosigned.map(({ timeSeconds }) => timeSeconds * 1000);
  const findings = checkEventTimes(dossier, times, 'a trusted witness');
  if (length >= witnessQuorum) return findings;
  return [...findings, incomplete(`${length} trusted witnesses cosigned, and ${witnessQuorum} are asked for`)];
}
