import type { LenderSignatureType } from '#lib/domain/settings.ts';
import type { Lender, LenderWords, QueryOutcome, SubmitOutcome } from '#lib/providers/lender.ts';
import { contractTextOf, encodeOptIn } from './body.ts';
import { withoutKey } from './lender-words.ts';
import { queryVerdictOf } from './query-verdict.ts';
import { formOf, respell } from './respell.ts';
import { type Answer, type CallOptions, callerOf } from './signed-call.ts';
import { submitVerdictOf } from './submit-verdict.ts';
import { wallTimeIn } from './wall-time.ts';

export type QitechOptions = CallOptions & {
  signatureType: LenderSignatureType;
  /** IANA zone in which `authenticity.timestamp` is written. */
  timestampZone: string;
};

/** The QI Tech adapter. Throws only here, for a key, address or zone that can never work; the calls themselves never do. */
export function createQitechLender(options: QitechOptions): Lender {
  const wallTime = wallTimeIn(options.timestampZone);
  const call = callerOf(options);
  return {
    host: new URL(options.baseUrl).host,
    encode: (acceptance) => encodeOptIn(acceptance, { signatureType: options.signatureType, wallTime }),
    contractTextOf,
    formOf,
    respell,
    submit: async (debtKey, body): Promise<SubmitOutcome> => {
      const answer = await call({ method: 'POST', path: `/debt/${encodeURIComponent(debtKey)}/signed`, body });
      return withEarlier<SubmitOutcome>(answer, (one) => {
        const { exchange } = one;
        if (one.ok) return withWords({ exchange, ...submitVerdictOf(one.reply, debtKey) }, options);
        // Before the connection was ready nothing can be stored twice; after that only the lender knows.
        return { exchange, reason: one.reason, class: exchange.requestMayHaveArrived ? 'ambiguous' : 'retry' };
      });
    },
    query: async (debtKey): Promise<QueryOutcome> => {
      const answer = await call({ method: 'GET', path: `/debt?key=${encodeURIComponent(debtKey)}` });
      return withEarlier<QueryOutcome>(answer, (one) => {
        const { exchange } = one;
        if (one.ok) return withWords({ exchange, ...queryVerdictOf(one.reply, debtKey) }, options);
        return { exchange, reason: one.reason, class: 'unknown' };
      });
    },
  };
}

/** The outcome of the call that decided, with the one before it told in the same classes. */
function withEarlier<Outcome extends SubmitOutcome | QueryOutcome>(
  { earlier, ...answer }: Answer,
  outcomeOf: (answer: Answer) => Outcome,
): Outcome {
  const outcome = outcomeOf(answer);
  if (!earlier) return outcome;
  const { exchange, reason, class: refusal } = outcomeOf(earlier);
  return { ...outcome, earlier: { exchange, reason, outcome: refusal } };
}

function withWords<Outcome extends { words?: LenderWords }>(outcome: Outcome, options: QitechOptions): Outcome {
  if (!outcome.words) return outcome;
  const words = withoutKey(outcome.words, options.apiClientKey);
  return { ...outcome, words };
}
