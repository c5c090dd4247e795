import { claimsEn } from '#lib/copy/verify-page/verifier-en.ts';

/** The checks in the order in which they are made and shown. */
export const checkIds = [
  'zip',
  'manifest',
  'files',
  'json',
  'required',
  'chain',
  'commits',
  'cross',
  'state',
  'proofs',
  'log',
  'seal',
  'receipt',
  'time',
  'witness',
] as const;
export type CheckId = (typeof checkIds)[number];

export type CheckResult = 'ok' | 'failed' | 'missing' | 'skipped';
export type Check = { id: CheckId; claim: string; result: CheckResult; trust: string; detail?: string };

const nobody = 'nobody: it is computed from the file alone';

/** Whom one has to trust, for each check that needs anybody. */
const trusted: Partial<Record<CheckId, string>> = {
  log: "the log's keys in the trust file",
  seal: "the portal's seal keys in the trust file",
  receipt: "the portal's seal keys in the trust file",
  time: 'the time-stamp authorities under the roots in the trust file',
  witness: 'the witnesses named in the trust file',
};

/** What a check claims when it is ok, and whom one has to trust for it. */
export function textsOf(id: CheckId): Pick<Check, 'claim' | 'trust'> {
  return { claim: claimsEn[id], trust: trusted[id] ?? nobody };
}
