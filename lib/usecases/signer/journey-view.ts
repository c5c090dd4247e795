import type { CopyLanguage } from '#lib/copy/language.ts';
import type { Segment } from '#lib/domain/contract-outline.ts';
import type { SignerPage } from '#lib/domain/journey.ts';
import type { Objection } from '#lib/domain/objection.ts';
import type { FailureReason, SessionStatus } from '#lib/domain/session-state.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';

/** The signer's details, one entry per field. */
export type { DetailField };

export type DetailView = {
  field: DetailField;
  /** As people write it (CPF with its dots, phone with its brackets); absent while missing. */
  shown?: string;
  /** What stands in the form: the refused typing when there is one, otherwise `shown`. */
  typed?: string;
  /** Code of `lib/copy/field-errors`, with the words it needs (digit counts, names). */
  error?: { code: string; details?: Record<string, string | number> };
  /** Name and identity that the merchant gave are not the signer's to change. */
  isLocked: boolean;
};

type Parties = { merchant: string; lender: string; orderId: string };

/** Everything that a signer's page needs, read in one statement; pages only lay it out. */
export type JourneyView = {
  sessionId: string;
  status: SessionStatus;
  language: CopyLanguage;
  expiresAt: Date;
  detailsComplete: boolean;
  parties: Parties;
  contract: {
    title: string;
    /** CRLF as LF, nothing else changed: what `textContent` must equal. */
    displayText: string;
    displaySha256: string;
    sha256: string;
    byteLength: number;
    segments: readonly Segment[];
    language?: string;
  };
  summary: readonly { label: string; value: string }[];
  details: readonly DetailView[];
  /** Present while the review may be shown. */
  offer?: {
    token: string;
    consents: readonly { box: 'agreeContract' | 'agreeMethod'; text: string; error?: string }[];
    buttonLabel: string;
    /** Why an accept was refused, to be said on top of the page; nothing was signed. */
    refusal?: string;
  };
  wayBack: { href: string; toMerchant: boolean };
};

/** After a final state: no personal data but what the accepting browser may see on its own receipt. */
export type ClosedView = {
  sessionId: string;
  status: Exclude<SessionStatus, 'PENDING' | 'IN_PROGRESS'>;
  language: CopyLanguage;
  closedAt: Date;
  failureReason?: FailureReason;
  cancelledBy?: string;
  parties: Parties;
  wayBack: { href: string; toMerchant: boolean };
  /** When the data and the text of the session were erased. */
  erasedAt?: Date;
  receipt?: ReceiptView;
};

export type ReceiptView = {
  /** `full` for the browser that accepted, `masked` for other holders of the link for 30 days, then `bare`. */
  shows: 'full' | 'masked' | 'bare';
  acceptedAt: Date;
  /** Whether the proof is whole; until then the receipt is interim. */
  isProved?: boolean;
  receiptCode?: string;
  contractTitle?: string;
  contractSha256?: string;
  details?: readonly { field: DetailField; shown: string }[];
  /** What this browser may say against the contract; none of an erased session. */
  objections: readonly ObjectionView[];
};

/** Absent `receivedAt`: not said from here yet. */
export type ObjectionView = { act: Objection; receivedAt?: Date };

/** What a page gets: go elsewhere, or show this. */
export type JourneyAnswer =
  | { kind: 'unknown' }
  | { kind: 'elsewhere'; page: SignerPage }
  | { kind: 'open'; view: JourneyView }
  | { kind: 'closed'; view: ClosedView };
