import type { ReencodeRow } from '#lib/db/lender-reencodes.ts';

type Body = { sealed: Buffer; sha256: Buffer };

/**
 * The bodies that a delivery had, the first of the acceptance before those that took its place. `number` is by which events and dossiers name
 * each, from 1. `now` is what the outbox has.
 */
export function bodiesOf(now: Body, reencodes: readonly ReencodeRow[]): (Body & { number: number })[] {
  const approved = approvedOf(reencodes);
  const replaced = approved.map(({ replaced_sealed, replaced_sha256 }) => ({
    sealed: replaced_sealed,
    sha256: replaced_sha256,
  }));
  return [...replaced, now].map((body, index) => ({ ...body, number: index + 1 }));
}

/** In the order in which they took effect: only one at a time is open. */
export function approvedOf(reencodes: readonly ReencodeRow[]): ReencodeRow[] {
  return reencodes.filter(({ outcome }) => outcome === 'approved');
}
