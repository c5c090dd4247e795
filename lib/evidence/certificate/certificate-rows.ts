import { type CertificateLanguage, certificateWords, codeWords } from '#lib/copy/certificate.ts';
import type { CertificateLabel, CertificateWords } from '#lib/copy/certificate-words.ts';
import { fill } from '#lib/copy/language.ts';
import { groupHash } from '#lib/format/hash.ts';
import type { EvidenceField } from '#lib/schema/evidence.ts';
import { momentLine } from './certificate-moment.ts';

/** One fact. `form` says how it is set; `source` who states it and, for a detail of the person, how it was checked. */
export type CertificateRow = { label: string; value: string; form?: 'hash'; source?: string };

/** One fact in the words of one language. */
export type RowWriter = ReturnType<typeof rowWriter>;

type Show = (value: string) => string;

/** Makes rows of evidence. A value always comes with its source; a missing one is its reason in words. */
export function rowWriter(language: CertificateLanguage) {
  const words = certificateWords[language];
  const asHash = (label: CertificateLabel, field: EvidenceField | undefined): CertificateRow => {
    const made = row(words, label, field, groupHash);
    return field && 'value' in field ? { ...made, form: 'hash' } : made;
  };
  return {
    words,
    language,
    moment: (instant: string) => momentLine(instant, language),
    text: (label: CertificateLabel, field: EvidenceField | undefined, show?: Show) => row(words, label, field, show),
    code: (label: CertificateLabel, field: EvidenceField | undefined) =>
      row(words, label, field, (value) => codeWords(words.codes, value)),
    time: (label: CertificateLabel, field: EvidenceField | undefined) =>
      row(words, label, field, (value) => momentLine(value, language)),
    hash: asHash,
    /** A fact that the portal states itself and that is no field of the evidence. */
    own: (label: CertificateLabel, value: string, source = 'server'): CertificateRow => ({
      label: words.labels[label],
      value,
      source: codeWords(words.sources, source),
    }),
    /** Words about the document itself, which nobody needs to vouch for. */
    bare: (label: CertificateLabel, value: string): CertificateRow => ({ label: words.labels[label], value }),
  };
}

/** The plain value of a field, or undefined when it was not captured. */
export function knownValue(
  field: EvidenceField | undefined,
): Extract<EvidenceField, { value: unknown }>['value'] | undefined {
  return field && 'value' in field ? field.value : undefined;
}

function row(
  words: CertificateWords,
  label: CertificateLabel,
  field: EvidenceField | undefined,
  show: Show = String,
): CertificateRow {
  const name = words.labels[label];
  if (!field || !('value' in field)) {
    const code = field?.reason ?? 'not_given';
    const reason = codeWords(words.reasons, code);
    return { label: name, value: code === 'no_legal_hold' ? reason : fill(words.notCaptured, { reason }) };
  }
  const values = Array.isArray(field.value) ? field.value : [field.value];
  const value = values.map((one) => show(typeof one === 'string' ? one : JSON.stringify(one))).join(', ');
  return { label: name, value, source: codeWords(words.sources, field.source) };
}
