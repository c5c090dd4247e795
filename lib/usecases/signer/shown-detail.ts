import { formatIdentity } from '#lib/domain/identity.ts';
import { formatBrazilianPhone } from '#lib/domain/phone.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';

/** A detail as people write it. */
export function shownDetail(field: DetailField, value: string): string {
  if (field === 'identity') return formatIdentity(value);
  return field === 'phone' ? formatBrazilianPhone(value) : value;
}
