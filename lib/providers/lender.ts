import type { BodyForm } from '#lib/domain/body-form.ts';

/**
 * The port to a lender. An adapter turns one acceptance into the bytes its lender wants, sends exactly those bytes, and
 * sorts whatever comes back into the few classes the delivery machine understands. Nothing above this line knows HTTP
 * statuses, signatures or field names of a lender.
 */

/** What a lender is told of one acceptance; everything in it was shown to the signer or observed by the server. */
export type LenderAcceptance = {
  signingSessionId: string;
  debtKey: string;
  /** The exact contract text, unaltered: what was shown, hashed and kept. */
  contractText: string;
  acceptedAt: Date;
  clientIp: string;
  signer: {
    name: string;
    email: string;
    /** CPF or CNPJ without punctuation. */
    document: string;
    /** E.164, +55 only. */
    phone: string;
  };
};

/** What went over the wire in one call, kept with the attempt. Bytes of the request body are kept once, in the outbox. */
export type LenderExchange = {
  startedAt: Date;
  endedAt: Date;
  /** False only when no byte of the request body can have left, so that a resend cannot double anything. */
  requestMayHaveArrived: boolean;
  httpStatus?: number;
  replyHeaders?: Record<string, string>;
  /** At most `replyBytesMax` of the adapter; absent when nothing was read. */
  replyBody?: Uint8Array;
};

/** What the lender itself said, translated into plain fields; shown to staff and merchant, never parsed again. */
export type LenderWords = { code?: string; message?: string; translation?: string };

/** A call that was refused for its signature alone, before the one that decided went out with another; kept like any other. */
export type EarlierCall = { exchange: LenderExchange; outcome: string; reason: string };

/** The classes of `security-and-reliability` 8.2. `reason` is a stable lower_snake word for logs, tables and tests. */
export type SubmitOutcome = { exchange: LenderExchange; earlier?: EarlierCall; reason: string; words?: LenderWords } & (
  | { class: 'delivered' }
  /** The lender read the request and will never take it as it is. */
  | { class: 'rejected' }
  /** The debt is not there (yet): asked once more after a minute, then rejected. */
  | { class: 'debt_not_found' }
  /** Certainly not stored; try the same bytes again, not before `retryAfterMs` when the lender named one. */
  | { class: 'retry'; retryAfterMs?: number }
  /** May have been stored: ask before sending again, not before `retryAfterMs` when the lender named one. */
  | { class: 'ambiguous'; retryAfterMs?: number }
  /** Credential, clock or address is wrong; more attempts would not help until a person has acted. */
  | { class: 'paused' }
);

export type QueryOutcome = {
  exchange: LenderExchange;
  earlier?: EarlierCall;
  reason: string;
  words?: LenderWords;
} /** The lender does not have the signature: the same bytes may be sent again. */ & (
  | { class: 'waiting_signature' }
  /** The lender has the signature. `debtStatus` is its own word for the debt's state. */
  | { class: 'signed'; debtStatus: string }
  | { class: 'debt_cancelled'; debtStatus: string }
  /** No usable answer: nothing is known, nothing may be sent; not asked again before `retryAfterMs` when the lender named one. */
  | { class: 'unknown'; retryAfterMs?: number }
);

export type Lender = {
  /** Host and port of the lender: what is spared when it is down. */
  host: string;
  /** Makes the request body once, as bytes. Same acceptance, same bytes. Pure; called inside the acceptance's transaction. */
  encode(acceptance: LenderAcceptance): Uint8Array;
  /** Reads the contract text back out of encoded bytes, to be compared with the kept hash before each send. */
  contractTextOf(bytes: Uint8Array): string;
  /** How encoded bytes spell what has a transport form. Throws when they are not a body of this lender's. */
  formOf(bytes: Uint8Array): BodyForm;
  /** The same body in another form, and nothing else of it another. Throws when the way back would not give the very bytes again. */
  respell(bytes: Uint8Array, form: BodyForm): Uint8Array;
  /** Sends exactly `bytes`. Never throws for anything the network or the lender does. */
  submit(debtKey: string, bytes: Uint8Array): Promise<SubmitOutcome>;
  /** Asks for the debt's state. Never throws for anything the network or the lender does. */
  query(debtKey: string): Promise<QueryOutcome>;
};
