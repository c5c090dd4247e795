import type { LenderSignatureType } from '#lib/domain/settings.ts';
import type { Lender, LenderWords, QueryOutcome, SubmitOutcome } from '#lib/providers/lender.ts';
import { contractTextOf, encodeOptIn } from './body.ts';
import { withoutKey, withSpellingHint } from './lender-words.ts';
import { queryVerdictOf } from './query-verdict.ts';
import { formOf, respell } from './respell.ts';
import { type CallOptions, callerOf } from './signed-call.ts';
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
      const { exchange } = answer;
      if (answer.ok) return withWords({ exchange, ...submitVerdictOf(answer.reply, debtKey) }, options);
      // Before the connection was ready nothing can be stored twice; after that only the lender knows.
      return { exchange, reason: answer.reason, class: exchange.requestMayHaveArrived ? 'ambiguous' : 'retry' };
    },
    query: async (debtKey): Promise<QueryOutcome> => {
      const answer = await call({ method: 'GET', path: `/debt?key=${encodeURIComponent(debtKey)}` });
      const { exchange } = answer;
      if (answer.ok) return withWords({ exchange, ...queryVerdictOf(answer.reply, debtKey) }, options);
      return { exchange, reason: answer.reason, class: 'unknown' };
    },
  };
}

function withWords<Outcome extends { words?: LenderWords }>(outcome: Outcome, options: QitechOptions): Outcome {
  if (!outcome.words) return outcome;
  const words = withSpellingHint(withoutKey(outcome.words, options.apiClientKey), options.signatureType);
  return { ...outcome, words };
}
