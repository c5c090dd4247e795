import { bytesToHex } from '@noble/hashes/utils.js';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import type { Mutation } from './dossier-mutations.ts';

type VerifyTimeStamp = Parameters<typeof verifyDossier>[0]['verifyTimeStamp'];

/** The names of those that are still taken for good, and how many were tried. The verifier throws for none, or this does. */
export async function validMutations(
  mutations: Iterable<Mutation> | AsyncIterable<Mutation>,
  trust: Uint8Array,
): Promise<{ valid: string[]; tried: number }> {
  const remembered = rememberingStamps();
  const valid: string[] = [];
  let tried = 0;
  const judge = async ({ name, dossier }: Mutation) => {
    const { verdict } = await verifyDossier({ dossier, trust, verifyTimeStamp: remembered });
    if (verdict === 'VALID' || verdict === 'VALID_INTERIM') valid.push(`${name}: ${verdict}`);
    tried += 1;
  };
  let waiting: Promise<void>[] = [];
  for await (const mutation of mutations) {
    waiting.push(judge(mutation));
    if (waiting.length < atOnce) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
  return { valid, tried };
}

/** Signatures are checked in threads of their own, which would else stand idle in turn with us. */
const atOnce = 32;

/** Most dossiers of a test bear the same stamps, and checking them thousands of times proves nothing more. Asked otherwise, it checks anew. */
export function rememberingStamps(): VerifyTimeStamp {
  const known = new Map<string, ReturnType<VerifyTimeStamp>>();
  return (given) => {
    const key = JSON.stringify([bytesToHex(given.digest), Buffer.from(given.response).toString('base64'), given.roots]);
    const verdict = known.get(key) ?? verifyTimeStamp(given);
    known.set(key, verdict);
    return verdict;
  };
}
