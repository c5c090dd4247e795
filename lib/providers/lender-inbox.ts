/**
 * The port for what a lender posts to us. An adapter proves that the lender itself sent these bytes to this address lately, reads
 * what we need, and makes the answer that the lender takes for an acknowledgement.
 */

/** A post exactly as it came in. `uri` is the path of our own door, with its query. */
export type LenderPost = {
  uri: string;
  headers: { authorization: string | null; apiClientKey: string | null };
  body: Uint8Array;
};

/** What a notice says of a debt; parsed leniently, because the lender's bodies gain fields at any time. */
export type LenderNotice = {
  debtKey: string;
  webhookType: string;
  /** The lender's word, in one spelling. */
  state: string;
  /** As the lender wrote it: it names no zone. */
  eventDatetime?: string;
  /** Why the debt was cancelled, in the lender's words. */
  cancelReason?: string;
  /** The JSON that the lender vouched for: of a repeated notice the same bytes, whatever envelope they came in. */
  content: Uint8Array;
};

export type NoticeReading =
  | { ok: true; notice: LenderNotice }
  /** Nothing proves that the lender sent this to us, or that it did so lately. */
  | { ok: false; code: 'not_signed' }
  /** It is the lender's, but speaks of no debt. */
  | { ok: false; code: 'no_debt' };

export type LenderInbox = {
  /** Proves and reads a post. Never throws for anything that a stranger sends. */
  read(post: LenderPost): NoticeReading;
  /** The signed answer without which the lender sends the notice again. */
  acknowledge(uri: string): { headers: Record<string, string>; body: Uint8Array };
};
