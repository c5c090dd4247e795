import { type DetailField, detailFields } from '#lib/domain/signer-detail.ts';
import type { EvidenceField, EvidenceView } from '#lib/schema/evidence.ts';
import { maskDetail } from './session-item.ts';

/** The evidence with the signer's details masked: what staff see before anybody reveals anything with a reason. */
export function maskEvidence(evidence: EvidenceView): EvidenceView {
  const signer = Object.fromEntries(detailFields.map((field) => [field, maskedField(field, evidence.signer[field])]));
  return { ...evidence, signer };
}

/** What was really typed has any form, so no mask of ours knows which part of it is harmless. */
const typedMask = '***';

function maskedField(field: DetailField, known: EvidenceField | undefined): EvidenceField {
  if (!known || !('value' in known)) return known ?? { status: 'not_captured', reason: 'not_given' };
  const { value, typed, replaces, ...facts } = known.value as Record<string, string>;
  return {
    source: known.source,
    value: {
      ...(value !== undefined && { value: maskDetail(field, value) }),
      ...(typed !== undefined && { typed: typedMask }),
      ...(replaces !== undefined && { replaces: maskDetail(field, replaces) }),
      ...facts,
    },
  };
}
