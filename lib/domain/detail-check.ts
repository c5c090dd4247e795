import type { DetailField, KeptDetail } from './signer-detail.ts';

/** How each detail was checked. None of it proves that the person exists, or that a telephone is theirs: only that it is well formed. */
const methods: Record<DetailField, string> = {
  name: 'letters',
  email: 'address_form',
  identity: 'check_digits',
  phone: 'number_plan',
};

type Submission = { type: string; occurredAt: string; data: Record<string, unknown> };

/** What is known of a detail beside its value: how and when it was checked, and of an identity, of which kind it is. */
export function detailCheck(
  field: DetailField,
  { value, source }: Pick<KeptDetail, 'value' | 'source'>,
  { createdAt, events }: { createdAt: string; events: readonly Submission[] },
) {
  const isChange = ({ type, data }: Submission) =>
    type === 'details_submitted' && String(data.changed).split(' ').includes(field);
  const checkedAt = source === 'merchant' ? createdAt : events.findLast(isChange)?.occurredAt;
  return {
    verification: 'format_checked',
    verificationMethod: methods[field],
    ...(checkedAt !== undefined && { verifiedAt: checkedAt }),
    ...(field === 'identity' && { documentType: [...value].length === 11 ? 'CPF' : 'CNPJ' }),
  };
}
