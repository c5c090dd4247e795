import { encodeBase64 } from '#lib/evidence/log/base64.ts';
import { formatVerifierKey, type VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { WitnessFolder } from './witness-folder.ts';

/** What a person reads at the witness's address: who it is, which logs it watches, and how far it has seen each. */
export function witnessPage({ folder, logs }: { folder: WitnessFolder; logs: readonly VerifierKey[] }): string {
  const origins = [...new Set(logs.map(({ name }) => name))];
  return [
    'This is a witness of transparency logs.',
    '',
    'It signs the checkpoint of a log only when the log has kept everything that it showed before.',
    'It does not know what the entries say: it sees sizes and hashes.',
    '',
    `Its key: ${formatVerifierKey(folder.key)}`,
    '',
    'Logs that it watches:',
    ...origins.flatMap((origin) => ['', ...lineOf(origin, folder)]),
    '',
  ].join('\n');
}

function lineOf(origin: string, folder: WitnessFolder): string[] {
  const { size, root } = folder.seenOf(origin);
  if (size === 0) return [`  ${origin}`, '    nothing seen yet'];
  return [`  ${origin}`, `    last seen with ${size} ${size === 1 ? 'entry' : 'entries'}, root ${encodeBase64(root)}`];
}
