import type { SubmitOutcome } from '#lib/providers/lender.ts';
import { fieldOf, isCredentialFault, readsAsAlreadySigned } from './lender-words.ts';
import type { ReadReply } from './reply.ts';

/** An outcome before the exchange is joined to it. */
export type SubmitVerdict = WithoutExchange<SubmitOutcome>;
export type WithoutExchange<Outcome> = Outcome extends unknown ? Omit<Outcome, 'exchange'> : never;

/** Statuses that any machine in front of the lender may give, unsigned; none of them ends a delivery. */
const frontStatuses: Record<number, 'paused' | 'retry'> = {
  401: 'paused',
  403: 'paused',
  405: 'paused',
  407: 'paused',
  408: 'retry',
  425: 'retry',
  429: 'retry',
};

/** Refusals that only count when the reply can be relied on. */
const refusalStatuses: Record<number, 'rejected' | 'debt_not_found'> = {
  400: 'rejected',
  404: 'debt_not_found',
  413: 'rejected',
  415: 'rejected',
  422: 'rejected',
};

/**
 * Sorts a whole reply to `/signed` by the table of `security-and-reliability` 8.2. Whoever answers has read the request,
 * so every 5xx is one "after the body went out". A refusal in plain text still is one; only a demanded signature that is
 * missing, or a body that we do not decode, makes it doubtful.
 */
export function submitVerdictOf(reply: ReadReply, debtKey: string): SubmitVerdict {
  const { status, content } = reply;
  const words = reply.words ? { words: reply.words } : {};
  const ambiguous = (reason: string): SubmitVerdict => ({ class: 'ambiguous', reason, ...words });
  if (isCredentialFault(reply.words)) return { class: 'paused', reason: 'credential_refused', ...words };
  if (status >= 300 && status < 400) return { class: 'paused', reason: 'redirected', ...words };
  const front = frontStatuses[status];
  if (front === 'paused') return { class: 'paused', reason: `status_${status}`, ...words };
  if (front === 'retry') return { class: 'retry', reason: `status_${status}`, ...words, ...retryAfterOf(reply) };
  if (status === 200) return acknowledgementOf(reply, debtKey);
  const refusal = refusalStatuses[status];
  if (!refusal) return { ...ambiguous(`status_${status}`), ...retryAfterOf(reply) };
  if (!content.ok && content.reason !== 'reply_not_json') return ambiguous(content.reason);
  if (readsAsAlreadySigned(reply.words)) return ambiguous('already_signed');
  return { class: refusal, reason: `status_${status}`, ...words };
}

/** Only the documented acknowledgement for this very debt counts; everything else under a 200 is asked about. */
function acknowledgementOf(reply: ReadReply, debtKey: string): SubmitVerdict {
  const words = reply.words ? { words: reply.words } : {};
  const ambiguous = (reason: string): SubmitVerdict => ({ class: 'ambiguous', reason, ...words });
  if (!reply.content.ok) return ambiguous(reply.content.reason);
  const { json } = reply.content;
  const key = fieldOf(json, 'key');
  const status = fieldOf(json, 'status');
  if (key !== debtKey) return ambiguous(key === undefined ? 'reply_key_missing' : 'reply_key_mismatch');
  if (typeof status !== 'string' || status.trim() !== 'signature_received') return ambiguous('reply_status_unexpected');
  return { class: 'delivered', reason: 'signature_received' };
}

/** What the lender asked us to wait, if it did. */
export function retryAfterOf(reply: ReadReply): { retryAfterMs?: number } {
  return reply.retryAfterMs === undefined ? {} : { retryAfterMs: reply.retryAfterMs };
}
