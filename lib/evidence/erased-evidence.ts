import type { EvidenceField, EvidenceGroup, EvidenceView } from '#lib/schema/evidence.ts';
import { field, notCaptured } from './field.ts';
import { softwareFields } from './software-fields.ts';

type Erasure = { at: Date; class: string; rule: string };

/**
 * What evidence is left of an erased session: who with whom, when, how it ended, the hash of the text, and the chain with its place in the log,
 * which verify as before. Whatever else there was says that it was erased.
 */
export function erasedEvidence(view: EvidenceView, { at, class: name, rule }: Erasure): EvidenceView {
  const { sha256, byteLength, language } = view.document;
  const { status, closedAt, closingWords } = view.transaction;
  const wasSigned = status !== undefined && 'value' in status && status.value === 'COMPLETED';
  const unknown = (group: EvidenceGroup) => Object.fromEntries(Object.keys(group).map((key) => [key, gone]));
  const { consents, ...presentation } = view.presentation;
  return {
    ...view,
    transaction: { ...view.transaction, ...(closingWords && { closingWords: erasedIfMissing(closingWords) }) },
    document: { ...unknown(view.document), sha256, ...(byteLength && { byteLength }), ...(language && { language }) },
    presentation: { ...unknown(presentation as EvidenceGroup), consents },
    signer: unknown(view.signer),
    act: { ...unknown(view.act), acceptedAt: wasSigned && closedAt ? closedAt : gone },
    network: { ...unknown(view.network), ip: gone, sourcePort: gone, ipTrust: gone },
    delivery: unknown(view.delivery),
    integrity: { ...view.integrity, ...unknown(softwareFields(undefined)), acceptanceRecordSha256: gone },
    keeping: {
      ...view.keeping,
      erasedAt: field('server', at.toISOString()),
      erasedClass: field('server', name),
      erasedRule: field('server', rule),
    },
  };
}

const gone = notCaptured('erased');

function erasedIfMissing(known: EvidenceField): EvidenceField {
  return 'value' in known ? known : gone;
}
