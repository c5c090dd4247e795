import { noticeFor } from '../../copy/consents.ts';
import type { KeptDetails } from '../../domain/signer-detail.ts';
import type { AcceptForm } from '../../schema/accept-form.ts';
import { sha256 } from '../../vault/keyring.ts';
import type { RequestFacts } from '../context.ts';
import type { OpenSession } from '../open-session.ts';
import { presented } from './offer.ts';

type Given = {
  session: OpenSession;
  form: AcceptForm;
  offer: { id: string; issuedAt: Date; build: string };
  acceptedAt: Date;
  receiptCode: string;
  request: RequestFacts;
};

/** The sealed heart of the evidence: what stood on the page, what was done with it, and what the server saw. Written once. */
export type AcceptanceRecord = ReturnType<typeof acceptanceRecord>;

export function acceptanceRecord({ session, form, offer, acceptedAt, receiptCode, request }: Given) {
  const { consents, buttonLabel, summary, contractSha256 } = presented(session);
  return {
    acceptedAt: acceptedAt.toISOString(),
    receiptCode,
    contractSha256,
    summary,
    summarySha256: sha256(JSON.stringify(summary)).toString('hex'),
    consents: consents.map((consent) => ({ ...consent, sha256: sha256(consent.text).toString('hex') })),
    notice: noticeFor(session.row.language),
    buttonLabel,
    boxesAtStart: 'unchecked',
    ticked: ['agreeContract', 'agreeMethod'],
    offer: { id: offer.id, issuedAt: offer.issuedAt.toISOString(), build: offer.build },
    browserReport: {
      displayCheck: form.displayCheck ?? 'unavailable',
      displayedSha256: form.displayedSha256,
      viewport: form.viewport,
      pixelRatio: form.pixelRatio,
      timeZone: form.timeZone,
    },
    request,
    detailsVersion: session.row.details_version,
    details: session.details satisfies KeptDetails,
  };
}
