import type { RequestFacts } from '#lib/domain/request-facts.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';
import type { Software } from '#lib/domain/software.ts';
import { sha256 } from '#lib/vault/keyring.ts';

/** What stood before the signer on the review, word for word. */
export type Presentation = {
  contractSha256: string;
  consents: readonly {
    id: string;
    version: string;
    language: string;
    box: 'agreeContract' | 'agreeMethod';
    text: string;
  }[];
  notice: { id: string; version: string; language: string; text: string };
  buttonLabel: string;
  summary: readonly { label: string; value: string }[];
};

type Given = {
  presentation: Presentation;
  offer: { id: string; issuedAt: Date; build: string };
  /** What the browser says of itself; forgeable, and labelled so. */
  browserReport: {
    displayCheck?: string | undefined;
    displayedSha256?: string | undefined;
    viewport?: string | undefined;
    pixelRatio?: string | undefined;
    timeZone?: string | undefined;
  };
  acceptedAt: Date;
  receiptCode: string;
  request: RequestFacts;
  details: KeptDetails;
  detailsVersion: number;
  /** Of the program that took the acceptance; while a new one is rolled out, the page may have been another's. */
  software: { build: string } & Software;
};

/** The sealed heart of the evidence: what stood on the page, what was done with it, and what the server saw. Written once. */
export type AcceptanceRecord = ReturnType<typeof acceptanceRecord>;

/** Arranges what is known at the moment of the act; the record says it all in words that need no other row to be read. */
export function acceptanceRecord(given: Given) {
  const { presentation, offer, browserReport, acceptedAt, receiptCode, request, details, detailsVersion, software } =
    given;
  return {
    acceptedAt: acceptedAt.toISOString(),
    receiptCode,
    contractSha256: presentation.contractSha256,
    summary: presentation.summary,
    summarySha256: sha256(JSON.stringify(presentation.summary)).toString('hex'),
    consents: presentation.consents.map(withHash),
    notice: withHash(presentation.notice),
    buttonLabel: presentation.buttonLabel,
    boxesAtStart: 'unchecked',
    boxesTicked: presentation.consents.map(({ box }) => box),
    offer: { id: offer.id, issuedAt: offer.issuedAt.toISOString(), build: offer.build },
    browserReport,
    request,
    details,
    detailsVersion,
    software,
  };
}

function withHash<Text extends { text: string }>(shown: Text): Text & { sha256: string } {
  return { ...shown, sha256: sha256(shown.text).toString('hex') };
}
