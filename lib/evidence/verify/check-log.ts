import { verifyNote } from '#lib/evidence/log/signed-note.ts';
import type { Dossier } from './dossier.ts';
import { readClosing } from './note.ts';
import type { Trust } from './trust.ts';
import { type Finding, incomplete, invalid } from './verdict.ts';

/** Step 9: the checkpoint is signed by a log that the trust file names, under the name that it bears itself. */
export async function checkLog({ files }: Dossier, trust: Trust | undefined): Promise<Finding[] | 'skipped'> {
  const reading = readClosing(files);
  if (!reading?.ok) return 'skipped';
  if (!trust || trust.logs.length === 0) return [incomplete('no log is trusted')];
  const { note, checkpoint } = reading.closing;
  const verdict = await verifyNote(note, trust.logs);
  if (!verdict.ok && verdict.code === 'signature_invalid')
    return [invalid('the signature in the name of a trusted log is not its own')];
  if (!verdict.ok) return [invalid('no trusted log signed the checkpoint')];
  const isItsOwn = verdict.verified.some(({ name }) => name === checkpoint.origin);
  return isItsOwn ? [] : [invalid('the checkpoint is of another log than the one that signed it')];
}
