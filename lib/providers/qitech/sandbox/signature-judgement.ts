import type { SandboxAnswer } from '#lib/domain/sandbox-answer.ts';
import { type sandboxAnswerRows, sandboxAnswers } from '#lib/domain/sandbox-answers.ts';
import {
  type SandboxBehaviour,
  sandboxBehaviourOf,
  sandboxFailuresMax,
  sandboxRetryAfterSeconds,
} from '#lib/domain/sandbox-lender.ts';
import type { DebtRequest, Judgement } from './debt-request.ts';
import {
  bodyInvalid,
  bodyInvalidWords,
  errorOf,
  eventTime,
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
  const behaviour = behaviourFor(opened.body);
  const answer = sandboxAnswers.get(behaviour);
  return answer ? answered(behaviour, answer, request) : acts[behaviour as Act](request, opened.body);
}

/** Whatever is more than one answer. */
type Act = Exclude<SandboxBehaviour, (typeof sandboxAnswerRows)[number]['behaviour']>;

const acts: Record<Act, (request: DebtRequest, body: OptInBody) => SignatureJudgement> = {
  accepts: (request) => stored(acknowledged(request)),
  refuses_body: () => ({ verdict: 'refused_by_table', reply: bodyInvalid({}) }),
  refuses_underscore: (request, { type }) =>
    type === 'data_signature'
      ? { verdict: 'refused_by_table', reply: bodyInvalid({ type: 'must be data-signature' }) }
      : stored(acknowledged(request)),
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

function answered(behaviour: string, answer: SandboxAnswer, request: DebtRequest): SignatureJudgement {
  if (answer.times !== undefined && countOf(request, behaviour) >= answer.times) return stored(acknowledged(request));
  const reply = { ...replyOf(answer, request), ...(answer.manner && { manner: answer.manner }) };
  const told = { ...reply, status: answer.status, headers: headersOf(answer, request.at) };
  if (answer.stores) return stored(told);
  return { verdict: behaviour, reply: told, ...(answer.cancels && { debtStatus: 'canceled' }) };
}

function replyOf({ content, status, cancels }: SandboxAnswer, request: DebtRequest): Reply {
  const acknowledgement = { event_datetime: eventTime(request.at), key: request.debtKey, webhook_type: 'debt' };
  switch (content) {
    case 'nothing':
      return { status, content: { json: {} } };
    case 'error':
      return errorOf(status);
    case 'acknowledgement':
      return acknowledged(request);
    case 'other_status':
      return { status, content: { json: { ...acknowledgement, status: 'opened' } } };
    case 'no_key':
      return { status, content: { json: { status: 'signature_received' } } };
    case 'body_invalid_object':
      return { status, content: { json: { data: bodyInvalidWords } } };
    case 'wrong_state':
      return wrongState(cancels ? 'canceled' : 'signed');
  }
}

function headersOf({ location, retryAfterHours, clockAheadMinutes }: SandboxAnswer, at: Date): Record<string, string> {
  const later = (milliseconds: number) => new Date(at.getTime() + milliseconds).toUTCString();
  return {
    ...(location !== undefined && { Location: location }),
    ...(retryAfterHours !== undefined && { 'Retry-After': later(retryAfterHours * 3_600_000) }),
    ...(clockAheadMinutes !== undefined && { Date: later(clockAheadMinutes * 60_000) }),
  };
}

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
