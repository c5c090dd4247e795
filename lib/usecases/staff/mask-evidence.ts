import { mayStaff, type StaffRole } from '#lib/domain/roles.ts';
import { type DetailField, detailFields } from '#lib/domain/signer-detail.ts';
import type { EvidenceField, EvidenceView } from '#lib/schema/evidence.ts';
import { maskDetail } from './session-item.ts';

/** The evidence with the signer's details masked, and who has looked only for roles that may know: what staff see on the page of a session. */
export function maskEvidence(evidence: EvidenceView, role: StaffRole): EvidenceView {
  const signer = Object.fromEntries(detailFields.map((field) => [field, maskedField(field, evidence.signer[field])]));
  if (mayStaff(role, 'see_accesses')) return { ...evidence, signer };
  return { ...evidence, signer, keeping: { ...evidence.keeping, accesses: notForThisRole } };
}

const notForThisRole: EvidenceField = { status: 'not_captured', reason: 'not_for_this_role' };

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
