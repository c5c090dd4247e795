import type { EvidenceField, EvidenceSource } from '#lib/schema/evidence.ts';

/** One piece of evidence with the one who says so; an absent value becomes the reason for its absence, never a blank. */
export function field(source: EvidenceSource, value: unknown, reasonWhenAbsent = 'not_given'): EvidenceField {
  if (value === undefined || value === null || value === '') return notCaptured(reasonWhenAbsent);
  return { value: value as Extract<EvidenceField, { value: unknown }>['value'], source };
}

/** A missing value with its reason: `evidence-and-law` section 3 allows neither null nor an empty text. */
export function notCaptured(reason: string): EvidenceField {
  return { status: 'not_captured', reason };
}
