import { isCredentialFault } from './lender-words.ts';
import { type CallOptions, callerOf } from './signed-call.ts';

/** `reason` is a stable lower_snake word; `skewMs` how far the lender's clock is ahead of ours, to the second. */
export type ProbeVerdict = { skewMs: number; code?: string } & (
  | { class: 'accepted' }
  /** The lender does not take us for its client. */
  | { class: 'refused'; reason: string }
  /** It took us, and its own signature is missing or not that of the key that we have. */
  | { class: 'unsigned' }
  | { class: 'away'; reason: string }
);

/** Asks for a debt that does not exist: it changes nothing, and whoever may not ask is told so. Never throws for anything the lender does. */
export async function probeQitech(options: CallOptions, debtKey: string): Promise<ProbeVerdict> {
  const answer = await callerOf(options)({ method: 'GET', path: `/debt?key=${encodeURIComponent(debtKey)}` });
  const { skewMs } = answer;
  if (!answer.ok) return { class: 'away', reason: answer.reason, skewMs };
  const { status, content, words } = answer.reply;
  const about = { skewMs, ...(words?.code !== undefined && { code: words.code }) };
  // An unknown integration key is answered with 404, like a debt that is not there; only the lender's code tells them apart.
  if (status === 401 || status === 403 || isCredentialFault(words))
    return { class: 'refused', reason: `status_${status}`, ...about };
  if (status !== 200 && status !== 404 && status !== 400)
    return { class: 'away', reason: `status_${status}`, ...about };
  if (!content.ok && content.reason === 'reply_not_signed') return { class: 'unsigned', ...about };
  if (!content.ok) return { class: 'away', reason: content.reason, ...about };
  return { class: 'accepted', ...about };
}
