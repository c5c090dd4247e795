import { checkChain } from './check-chain.ts';
import { checkCommits } from './check-commits.ts';
import { checkCross } from './check-cross.ts';
import { checkFiles } from './check-files.ts';
import { checkLog } from './check-log.ts';
import { checkProofs } from './check-proofs.ts';
import { checkRequired } from './check-required.ts';
import { checkReceipt, checkSeal } from './check-seal.ts';
import { checkState } from './check-state.ts';
import { checkTime, type VerifyTimeStamp } from './check-time.ts';
import { checkWitness } from './check-witness.ts';
import { type Check, type CheckId, checkIds, textsOf } from './checks.ts';
import type { Dossier } from './dossier.ts';
import { readManifest } from './read-manifest.ts';
import { readRecords } from './read-records.ts';
import { readZip } from './read-zip.ts';
import { readingLimits } from './reading-limits.ts';
import { readTrust, type Trust } from './trust.ts';
import { type BadVerdict, type Finding, inputError, type Verdict, worstOf } from './verdict.ts';

export type Verification = { verdict: Verdict; checks: Check[] };

type Given = {
  /** The ZIP. */
  dossier: Uint8Array;
  /** The bytes of a trust file; without one the verdict is INCOMPLETE at best. */
  trust?: Uint8Array | undefined;
  verifyTimeStamp: VerifyTimeStamp;
};

/**
 * Checks a dossier from its bytes alone: nothing is asked of any network, clock or disk, and nothing that the dossier says of itself is
 * believed. Runs in browsers and on servers. Never throws: bytes that cannot be read have the verdict INPUT_ERROR.
 * Source: `evidence-and-law` 6.4.
 */
export async function verifyDossier(given: Given): Promise<Verification> {
  const tally = newTally();
  try {
    await runChecks(given, tally);
  } catch (error) {
    // A fault of ours or of the platform; whatever it is, it vouches for nothing.
    tally.fault(error instanceof Error ? error.message : String(error));
  }
  return tally.verification();
}

async function runChecks({ dossier: bytes, trust: trustBytes, verifyTimeStamp }: Given, tally: Tally): Promise<void> {
  const trust = trustBytes && readTrust(trustBytes);
  if (trust && !trust.ok) return tally.fault(trust.detail);
  const dossier = readDossier(bytes, tally);
  if (!dossier) return;
  if (dossier.manifest.state === 'interim') tally.limit('VALID_INTERIM');
  for (const [id, check] of Object.entries(laterChecks) as [CheckId, LaterCheck][]) {
    // Without its events nothing of these can be said; that they are missing is said elsewhere.
    if (dossier.events.length === 0 && aboutEvents.includes(id)) continue;
    const findings = await check(dossier, trust?.trust, verifyTimeStamp);
    if (findings !== 'skipped') tally.add(id, findings);
    if (tally.cannotBeRead()) return;
  }
}

/** Steps 1 and 2; undefined when there is nothing that the other steps could read. */
function readDossier(bytes: Uint8Array, tally: Tally): Dossier | undefined {
  const zip = readZip(bytes);
  tally.add('zip', zip.ok ? [] : [inputError(zip.detail)]);
  if (!zip.ok) return undefined;
  const { files, damaged } = zip;
  const reading = readManifest(files);
  tally.add('manifest', reading.ok ? [] : [reading.finding]);
  if (!reading.ok) return undefined;
  tally.add('files', checkFiles(files, reading.manifest, damaged));
  const records = readRecords(files, reading.manifest);
  tally.add('json', records.ok ? [] : records.findings);
  return records.ok ? records.dossier : undefined;
}

const aboutEvents: CheckId[] = ['chain', 'commits', 'cross', 'state', 'receipt'];

type LaterCheck = (
  dossier: Dossier,
  trust: Trust | undefined,
  verifyTimeStamp: VerifyTimeStamp,
) => Finding[] | 'skipped' | Promise<Finding[] | 'skipped'>;

/** In the order of `checkIds`. */
const laterChecks = {
  required: checkRequired,
  chain: checkChain,
  commits: checkCommits,
  cross: checkCross,
  state: checkState,
  proofs: checkProofs,
  log: checkLog,
  seal: checkSeal,
  receipt: checkReceipt,
  time: checkTime,
  witness: checkWitness,
} as const satisfies Partial<Record<CheckId, LaterCheck>>;

type Tally = ReturnType<typeof newTally>;

/** More of the same says nothing new, and a list of thousands hides what matters. */
const detailsMax = 5;

/** What was found so far. A check that never reports was not reached, and is shown as skipped. */
function newTally() {
  const results = new Map<CheckId, Pick<Check, 'result' | 'detail'>>();
  const verdicts: Verdict[] = [];
  let isUnreadable = false;
  // Bytes that are not the listed ones are the finding; that they cannot be read either comes of it.
  const isChanged = () => results.get('files')?.result === 'failed';
  return {
    add(id: CheckId, findings: readonly Finding[]): void {
      for (const { verdict } of findings) {
        isUnreadable ||= verdict === 'INPUT_ERROR';
        verdicts.push(verdict === 'INPUT_ERROR' && isChanged() ? 'TAMPERED' : verdict);
      }
      results.set(id, resultOf(findings));
    },
    limit(best: Verdict): void {
      verdicts.push(best);
    },
    fault(message: string): void {
      const reached = checkIds.find((id) => !results.has(id)) ?? 'witness';
      verdicts.push('INPUT_ERROR');
      results.set(reached, { result: 'skipped', detail: cut(message) });
    },
    cannotBeRead: (): boolean => isUnreadable,
    verification: (): Verification => ({
      verdict: worstOf(verdicts),
      checks: checkIds.map((id) => ({ id, ...textsOf(id), result: 'skipped', ...results.get(id) })),
    }),
  };
}

function resultOf(findings: readonly Finding[]): Pick<Check, 'result' | 'detail'> {
  if (findings.length === 0) return { result: 'ok' };
  const isBad = findings.some(({ verdict }: { verdict: BadVerdict }) => verdict !== 'INCOMPLETE');
  const shown = findings.slice(0, detailsMax).map(({ detail }) => cut(detail));
  const more = findings.length > detailsMax ? [`and ${findings.length - detailsMax} more`] : [];
  return { result: isBad ? 'failed' : 'missing', detail: [...shown, ...more].join('; ') };
}

const cut = (detail: string): string => detail.slice(0, readingLimits.detailLength);
