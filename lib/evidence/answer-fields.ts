import type { EvidenceGroup } from '#lib/schema/evidence.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { field } from './field.ts';
import { debtStates, readLenderReply } from './verify/lender-reply.ts';

type Attempt = { kind: string; outcome: string; reason: string; endedAt: Date };

/** Of a delivery, what the lender has answered. `reply` are the bytes of its last answer, as they came. */
type Answered = { attempts: readonly Attempt[]; reply?: Uint8Array; words?: object };

/** Fields I3 and I4: the lender's own words about the signature, read from its last answer, and about the debt whenever it was asked. */
export function answerFields(answered: Answered | undefined): EvidenceGroup {
  const { attempts, reply, words } = answered ?? { attempts: [] };
  const said = reply && readLenderReply(reply);
  const missing = said ? 'not_in_reply' : withoutReply(answered);
  const states = debtStates(attempts.map((attempt) => ({ ...attempt, endedAt: attempt.endedAt.toISOString() })));
  const wasAsked = attempts.some(({ kind }) => kind === 'query');
  return {
    replySha256: field('lender', reply && sha256(reply).toString('hex'), missing),
    lenderStatus: field('lender', said?.status, missing),
    lenderKey: field('lender', said?.key, missing),
    lenderEventDatetime: field('lender', said?.eventDatetime, missing),
    lenderWords: field('lender', words, said ? 'no_complaint' : missing),
    laterDebtStates: field(
      'lender',
      states.length > 0 ? states : undefined,
      wasAsked ? 'lender_did_not_tell' : answered ? 'not_asked' : missing,
    ),
  };
}

function withoutReply(answered: Answered | undefined): string {
  if (!answered) return 'not_accepted';
  if (answered.reply) return 'reply_not_readable';
  return answered.attempts.length > 0 ? 'lender_did_not_answer' : 'not_delivered';
}
