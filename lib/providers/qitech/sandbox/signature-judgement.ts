import {
  type SandboxBehaviour,
  sandboxBehaviourOf,
  sandboxFailuresMax,
  sandboxRetryAfterSeconds,
} from '#lib/domain/sandbox-lender.ts';
import type { DebtRequest, Judgement } from './debt-request.ts';
import {
  bodyInvalid,
  type Reply,
  serverError,
  signatureReceived,
  tooManyRequests,
  unauthenticated,
  wrongState,
} from './documented-replies.ts';
import { objectIn } from './json-object.ts';
import type { NoticePlan } from './notices.ts';
import { checkOptIn, type OptInBody } from './opt-in-check.ts';

type SignatureJudgement = Omit<Judgement, 'debtKey'>;

/**
 * `POST /debt/{key}/signed`: the body must be in order, the debt must be waiting, and then the signer's CPF chooses what
 * happens. Whatever the answer, a stored signature has the verdict `accepted`, so those can be counted in the record.
 */
export function judgeSignature(request: DebtRequest): SignatureJudgement {
  const opened = checkOptIn(objectIn(request.content));
  if (!opened.ok) return { verdict: 'body_invalid', reply: bodyInvalid(opened.faults) };
  const { status } = request.debt;
  if (status === 'signed') return { verdict: 'already_signed', reply: wrongState(status) };
  if (status !== 'waiting_signature') return { verdict: 'state_wrong', reply: wrongState(status) };
  return behaviours[behaviourFor(opened.body)](request);
}

const behaviours: Record<SandboxBehaviour, (request: DebtRequest) => SignatureJudgement> = {
  accepts: (request) => stored(acknowledged(request)),
  refuses_body: () => ({ verdict: 'refused_by_table', reply: bodyInvalid({}) }),
  fails_twice: (request) =>
    countOf(request, 'server_error') < sandboxFailuresMax
      ? { verdict: 'server_error', reply: serverError() }
      : stored(acknowledged(request)),
  stores_then_resets: (request) => stored({ ...acknowledged(request), manner: 'reset' }),
  stores_then_stalls: (request) => stored({ ...acknowledged(request), manner: 'stalled' }),
  stores_then_names_another_debt: ({ at }) => stored(signatureReceived('00000000-0000-4000-8000-000000000000', at)),
  refuses_credential: () => ({ verdict: 'refused_by_table', reply: unauthenticated('credential_refused', '') }),
  limits_once: (request) =>
    countOf(request, 'rate_limited') < 1
      ? { verdict: 'rate_limited', reply: tooManyRequests(sandboxRetryAfterSeconds) }
      : stored(acknowledged(request)),
  stores_then_shows_a_page: () =>
    stored({ status: 200, content: { html: '<!doctype html><title>OK</title><p>Tudo certo.</p>' } }),
  accepts_and_tells_twice: (request) => stored(acknowledged(request), 'twice'),
  accepts_and_tells_late: (request) => stored(acknowledged(request), 'late'),
};

function stored(reply: Reply, manner: NoticePlan['manner'] = 'punctual'): SignatureJudgement {
  const notices: NoticePlan = { states: ['signature_finished', 'signed'], manner };
  return { verdict: 'accepted', debtStatus: 'signed', reply, notices };
}

function acknowledged({ debtKey, at }: DebtRequest): Reply {
  return signatureReceived(debtKey, at);
}

/** Counted in the record, not in memory: "twice" stays twice when the twin is killed in between. */
function countOf({ debt }: DebtRequest, verdict: string): number {
  return debt.verdictCounts.get(verdict) ?? 0;
}

/** With several signers the first who has a row of the table decides. */
function behaviourFor({ signatures }: OptInBody): SandboxBehaviour {
  const chosen = signatures.map(({ signer }) => sandboxBehaviourOf(signer.document_number));
  return chosen.find((behaviour) => behaviour !== 'accepts') ?? 'accepts';
}
