import { formatIdentity } from '../../domain/identity.ts';
import { formatBrazilianPhone } from '../../domain/phone.ts';
import type { DetailField } from '../../domain/signer-detail.ts';

/** A detail as people write it. */
export function shownDetail(field: DetailField, value: string): string {
  if (field === 'identity') return formatIdentity(value);
  return field === 'phone' ? formatBrazilianPhone(value) : value;
}
