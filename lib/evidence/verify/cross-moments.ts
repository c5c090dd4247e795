import { agree, fieldsAgree } from './compare.ts';
import { closingEvent, type Dossier } from './dossier.ts';
import { capturedField, type EvidenceRecord } from './records.ts';
import type { Finding } from './verdict.ts';

/** Whether evidence.json tells how the session came, went and was delivered as the events do. */
export function crossMoments(dossier: Dossier, evidence: EvidenceRecord): Finding[] {
  const { events } = dossier;
  const first = (wanted: string) => events.find(({ type }) => type === wanted);
  const received = events.findLast(({ type }) => type === 'lender_received');
  return [
    ...fieldsAgree('transaction', evidence.transaction, { startedAt: first('started')?.data.startedAt }),
    ...crossEnd(dossier, evidence),
    ...fieldsAgree('authentication', evidence.authentication, { linkFirstOpenedAt: first('link_opened')?.occurredAt }),
    ...fieldsAgree('delivery', evidence.delivery, {
      deliveredAt: received?.data.deliveredAt,
      deliveredBy: received?.data.deliveredBy,
    }),
    ...crossClaims(evidence),
  ];
}

function crossEnd(dossier: Dossier, { transaction }: EvidenceRecord): Finding[] {
  const closing = closingEvent(dossier);
  const end = endOf(dossier);
  const words = closing?.private?.words;
  const told = transaction.closingWords;
  const sayer = closing?.type === 'declined' ? 'signer' : 'merchant';
  return [
    ...(end.isKnown ? fieldsAgree('transaction', transaction, { closedAt: end.at }) : []),
    ...fieldsAgree('transaction', transaction, { closingWords: words === '' ? undefined : words }),
    ...(capturedField(told) ? agree('who says transaction.closingWords of evidence.json', told.source, sayer) : []),
  ];
}

/** When the session ended, by the record in which that moment stands; not known when that file is not there. */
function endOf(dossier: Dossier): { isKnown: boolean; at?: unknown } {
  const { acceptance, session } = dossier;
  const closing = closingEvent(dossier);
  if (closing?.type === 'accepted') return { isKnown: acceptance !== undefined, at: acceptance?.acceptedAt };
  if (closing?.type === 'expired') return { isKnown: session !== undefined, at: session?.expiresAt };
  return { isKnown: true, at: closing?.data.closedAt };
}

/** What this portal can claim of every session, and no more: a tick and a press, behind a link that the merchant handed over. */
function crossClaims({ transaction, authentication }: EvidenceRecord): Finding[] {
  return [
    ...fieldsAgree('transaction', transaction, { assuranceLevel: 'simple' }),
    ...fieldsAgree('authentication', authentication, { type: 'opt-in', linkDelivery: 'merchant' }),
  ];
}
