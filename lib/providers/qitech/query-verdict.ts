import { debtMeaningOf, debtStateOf } from '#lib/domain/debt-state.ts';
import type { QueryOutcome } from '#lib/providers/lender.ts';
import { fieldOf } from './lender-words.ts';
import type { ReadReply } from './reply.ts';
import { retryAfterOf, type WithoutExchange } from './submit-verdict.ts';

export type QueryVerdict = WithoutExchange<QueryOutcome>;

/** Where the state has been seen: nested, flat, and at the top as in webhooks. The first that holds a text counts. */
const statePaths = [
  ['data', 'credit_operation_status', 'enumerator'],
  ['data', 'credit_operation_status_enumerator'],
  ['data', 'credit_operation_status'],
  ['data', 'status'],
  ['credit_operation_status', 'enumerator'],
  ['status'],
];

/** Sorts a whole reply to `GET /debt?key=`. Anything but a plain, reliable answer about this debt is `unknown`. */
export function queryVerdictOf(reply: ReadReply, debtKey: string): QueryVerdict {
  const words = reply.words ? { words: reply.words } : {};
  const unknown = (reason: string): QueryVerdict => ({ class: 'unknown', reason, ...words });
  if (reply.status !== 200) return { ...unknown(`status_${reply.status}`), ...retryAfterOf(reply) };
  if (!reply.content.ok) return unknown(reply.content.reason);
  const { json } = reply.content;
  if (namesAnotherDebt(json, debtKey)) return unknown('reply_key_mismatch');
  const debtStatus = statePaths.map((path) => path.reduce(fieldOf, json)).find((state) => typeof state === 'string');
  if (typeof debtStatus !== 'string') return unknown('reply_state_missing');
  const state = debtStateOf(debtStatus);
  const known = debtMeaningOf(state);
  if (known === undefined) return unknown('reply_state_unknown');
  if (known === 'waiting_signature') return { class: known, reason: state, ...words };
  return { class: known, reason: state, debtStatus: state, ...words };
}

/** The reply need not repeat the key, but when it names keys, ours must be among them. */
function namesAnotherDebt(json: unknown, debtKey: string): boolean {
  const data = fieldOf(json, 'data');
  const named = [fieldOf(json, 'key'), fieldOf(data, 'key'), fieldOf(data, 'credit_operation_key')];
  const keys = named.filter((key) => typeof key === 'string');
  return keys.length > 0 && !keys.includes(debtKey);
}
