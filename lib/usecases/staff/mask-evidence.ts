import { type DetailField, detailFields } from '../../domain/signer-detail.ts';
import type { EvidenceField, EvidenceView } from '../../schema/evidence.ts';
import { maskDetail } from './session-item.ts';

/** The evidence with the signer's details masked: what staff see before anybody reveals anything with a reason. */
export function maskEvidence(evidence: EvidenceView): EvidenceView {
  const signer = Object.fromEntries(detailFields.map((field) => [field, maskedField(field, evidence.signer[field])]));
  return { ...evidence, signer };
}

const personal = ['value', 'typed', 'replaces'];

function maskedField(field: DetailField, known: EvidenceField | undefined): EvidenceField {
  if (!known || !('value' in known)) return known ?? { status: 'not_captured', reason: 'not_given' };
  const facts = Object.entries(known.value as Record<string, string>).map(([name, value]) => [
    name,
    personal.includes(name) ? maskDetail(field, value) : value,
  ]);
  return { ...known, value: Object.fromEntries(facts) };
}
