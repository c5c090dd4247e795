import type { Program, Rendered } from '#lib/program.ts';
import type { SeenAddress } from '#lib/schema/address-probe.ts';
import { answerMark, readProbe } from '#lib/vault/address-probe.ts';
import { requestFacts } from './peer.ts';
import { jsonAnswer, problemAnswer } from './problem.ts';
import { processWide } from './process-wide.ts';

/** Questions that were answered, until they are too old to count; only who has the key file can add one. */
const answered = processWide('answered-probes', () => new Map<string, number>());

/**
 * Tells the doctor of this installation, once per question, which client address an acceptance from there would be recorded with. For
 * everybody else there is nothing at this address.
 */
export function addressProbeAnswer({ keys }: Pick<Program, 'keys'>, token: string | null): Rendered {
  const now = new Date();
  for (const [nonce, forgetAt] of answered) if (forgetAt < now.getTime()) answered.delete(nonce);
  const probe = readProbe(keys, token ?? '', now);
  if (!probe || answered.has(probe.nonce)) return problemAnswer('not_found');
  answered.set(probe.nonce, probe.forgetAt);
  const said = JSON.stringify(seen());
  return jsonAnswer(200, { said, mark: answerMark(keys, probe.nonce, said) });
}

function seen(): SeenAddress {
  const { ip, ipTrust: trust, sourcePort, socketPeer, socketPort, rawForwarded } = requestFacts();
  return { ip, trust, sourcePort, socketPeer, socketPort, rawForwarded };
}
