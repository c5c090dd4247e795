import type { EvidenceField } from '#lib/schema/evidence.ts';

type Json = Extract<EvidenceField, { value: unknown }>['value'];

/** A value as people read it: one line per member, lists with commas, a blank line between objects. Nothing is left out. */
export function evidenceText(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value);
  if (!Array.isArray(value)) {
    return Object.entries(value)
      .map(([name, member]) => `${name}: ${evidenceText(member)}`)
      .join('\n');
  }
  const isFlat = value.every((item) => item === null || typeof item !== 'object');
  return value.map(evidenceText).join(isFlat ? ', ' : '\n\n');
}
