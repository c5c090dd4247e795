import { sha256 } from '@noble/hashes/sha2.js';
import { fieldOf } from './compare.ts';
import { toldStamps } from './cross-integrity.ts';
import type { Dossier } from './dossier.ts';
import { checkEventTimes } from './event-times.ts';
import { filesOf } from './file-names.ts';
import type { Trust } from './trust.ts';
import { type Finding, incomplete, invalid, tampered } from './verdict.ts';

/** Checks one RFC 3161 answer: of which digest it is, whether it is well made, and which of the given roots vouches for its authority. */
export type VerifyTimeStamp = (given: {
  response: Uint8Array;
  digest: Uint8Array;
  roots: readonly string[];
}) => Promise<
  { ok: true; rootSha256: string; policy: string; time: Date } | { ok: false; code: string; detail: string }
>;

/**
 * Step 11: enough authorities that the trust file vouches for have stamped the checkpoint, no stamp is wrong, and no event is later. An
 * authority is a root: it can make itself as many certificates as it likes. In an interim dossier that says whose stamp is still to come,
 * too few are no fault.
 */
export async function checkTime(
  dossier: Dossier,
  trust: Trust | undefined,
  verifyTimeStamp: VerifyTimeStamp,
): Promise<Finding[] | 'skipped'> {
  if (!dossier.files.has('proofs/checkpoint')) return 'skipped';
  const { authorities, times, findings: ofStamps } = await readStamps(dossier, trust, verifyTimeStamp);
  const findings = [...ofStamps, ...checkEventTimes(dossier, times, 'a trusted authority')];
  if (!trust) return [...findings, incomplete('no time-stamp authority is trusted')];
  const { timeStampQuorum } = trust;
  if (authorities >= timeStampQuorum) return findings;
  if (awaitsStamps(dossier)) return findings.length > 0 ? findings : 'skipped';
  const detail = `${authorities} trusted authorities stamped the checkpoint, and ${timeStampQuorum} are asked for`;
  return [...findings, incomplete(detail)];
}

/** How many authorities that the roots vouch for have stamped the checkpoint, when, and what is wrong with any stamp. */
async function readStamps(
  { files, evidence }: Dossier,
  trust: Trust | undefined,
  verifyTimeStamp: VerifyTimeStamp,
): Promise<{ authorities: number; times: number[]; findings: Finding[] }> {
  const roots = trust?.timeStampRoots ?? [];
  const digest = sha256(files.get('proofs/checkpoint') ?? new Uint8Array(0));
  const told = evidence && toldStamps(evidence.integrity);
  const authorities = new Set<string>();
  const times: number[] = [];
  const findings: Finding[] = [];
  for (const { name, id } of filesOf('timeStamp', files.keys())) {
    const response = files.get(name) ?? new Uint8Array(0);
    const verdict = underPolicy(await verifyTimeStamp({ response, digest, roots }), trust);
    if (verdict.ok) {
      authorities.add(verdict.rootSha256);
      times.push(verdict.time.getTime());
    }
    const isToldSo = !verdict.ok || (told?.some(isStamp(id, verdict.time)) ?? true);
    if (!isToldSo) findings.push(tampered(`evidence.json tells another time than ${name}`));
    if (!verdict.ok) findings.push(...fault(name, verdict, roots.length > 0));
  }
  return { authorities: authorities.size, times, findings };
}

/** The same, or a refusal where the trust file asks for other policies. */
function underPolicy(verdict: Awaited<ReturnType<VerifyTimeStamp>>, trust: Trust | undefined): typeof verdict {
  if (!verdict.ok || trust?.timeStampPolicies?.includes(verdict.policy) !== false) return verdict;
  const detail = `made under the policy ${verdict.policy}, which is none of those asked for`;
  return { ok: false, code: 'wrong_policy', detail };
}

/** Whether it calls itself interim and says whose stamp is still to come. */
function awaitsStamps({ evidence, manifest }: Dossier): boolean {
  const pending = evidence && fieldOf(evidence.integrity, 'timeStampsPending');
  return manifest.state === 'interim' && pending?.ok === true && pending.value !== undefined;
}

function fault(name: string, { code, detail }: { code: string; detail: string }, isRootNamed: boolean): Finding[] {
  if (code === 'wrong_imprint') return [tampered(`${name}: ${detail}`)];
  // Whoever names no roots has said nothing about authorities: their stamps count for nothing, and are no fault.
  return code === 'untrusted_root' && !isRootNamed ? [] : [invalid(`${name}: ${detail}`)];
}

const isStamp =
  (id: string, time: Date) =>
  ({ authority, at }: { authority?: unknown; at?: unknown }): boolean =>
    authority === id && at === time.toISOString();
