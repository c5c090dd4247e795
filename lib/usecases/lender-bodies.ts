import type { DeliveryRow } from '#lib/db/deliveries.ts';
import type { ReencodeRow } from '#lib/db/lender-reencodes.ts';
import type { Lender } from '#lib/providers/lender.ts';

type Body = { number: number; sealed: Buffer; sha256: Buffer };

/**
 * The bodies that a delivery had, the first of the acceptance before those that took its place. `number` is by which events and dossiers name
 * each, from 1. `now` is what the outbox has.
 */
export function bodiesOf(
  now: Pick<DeliveryRow, 'body_sealed' | 'body_sha256'>,
  reencodes: readonly ReencodeRow[],
): Body[] {
  const replaced = approvedOf(reencodes).map((row) => ({ sealed: row.replaced_sealed, sha256: row.replaced_sha256 }));
  const all = [...replaced, { sealed: now.body_sealed, sha256: now.body_sha256 }];
  return all.map((body, index) => ({ number: index + 1, ...body }));
}

/** In the order in which they took effect: only one at a time is open. */
export function approvedOf(reencodes: readonly ReencodeRow[]): ReencodeRow[] {
  return reencodes.filter(({ outcome }) => outcome === 'approved');
}

/** Whether the later bytes are the earlier ones in another form and nothing else, to the byte. Never throws. */
export function isRespelling(
  lender: Pick<Lender, 'formOf' | 'respell'>,
  earlier: Uint8Array,
  later: Uint8Array,
): boolean {
  try {
    return Buffer.from(lender.respell(earlier, lender.formOf(later))).equals(later);
  } catch {
    return false;
  }
}
