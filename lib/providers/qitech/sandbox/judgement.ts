import { randomUUID } from 'node:crypto';
import type { RequestCheck } from './check-terms.ts';
import type { DebtRequest, Judgement } from './debt-request.ts';
import { bodyInvalid, eventTime, notFound, unauthenticated, wrongState } from './documented-replies.ts';
import { objectIn } from './json-object.ts';
import type { Ledger } from './ledger.ts';
import type { ReceivedRequest } from './received-request.ts';
import { judgeSignature } from './signature-judgement.ts';

export type JudgementRules = {
  ledger: Ledger;
  /** True: only debts that were created here exist. False: every debt key waits for its signature. */
  isStrict: boolean;
};

/** The form of a debt key as the portal's own API takes it. */
const keyForm = '[A-Za-z0-9_-]{1,64}';
const debtPath = new RegExp(`^/debt/(${keyForm})(/signed|/cancel)$`);

/** Decides about one checked request, without waiting for anything: what it decides is true for the next request. */
export function judge(request: ReceivedRequest, check: RequestCheck, rules: JudgementRules): Judgement {
  const { debtKey, act } = addressed(request);
  const about = debtKey === undefined ? {} : { debtKey };
  if (!check.ok) {
    const reply = unauthenticated(check.verdict, request.headers['api-client-key'] ?? '');
    return { ...about, verdict: check.verdict, reply };
  }
  if (act === undefined) return { ...about, verdict: 'address_unknown', reply: notFound() };
  if (act === 'create') return created(check.content, request.at, rules);
  if (debtKey === undefined) return { verdict: 'key_missing', reply: bodyInvalid({ key: 'must be a debt key' }) };
  const debt = knownDebt(debtKey, rules);
  if (!debt) return { debtKey, verdict: 'debt_unknown', reply: notFound() };
  const debtRequest = { debtKey, debt, content: check.content, at: request.at };
  return { debtKey, ...acts[act](debtRequest) };
}

/** The debt as it stands, or as a new one when unknown keys count as waiting; `undefined` when it does not exist. */
export function knownDebt(debtKey: string, { ledger, isStrict }: JudgementRules): DebtRequest['debt'] | undefined {
  const debt = ledger.find(debtKey);
  const isCreated = debt?.verdictCounts.has('created') || debt?.verdictCounts.has('accepted');
  if (isStrict && !isCreated) return undefined;
  return debt ?? { status: 'waiting_signature', verdictCounts: new Map() };
}

const acts: Record<'sign' | 'cancel' | 'ask', (request: DebtRequest) => Omit<Judgement, 'debtKey'>> = {
  sign: judgeSignature,
  cancel: ({ debt }) =>
    debt.status === 'waiting_signature'
      ? {
          verdict: 'canceled',
          debtStatus: 'canceled',
          notices: { states: ['canceled'], manner: 'punctual' },
          reply: { status: 200, content: { json: { status: 'canceled' } } },
        }
      : { verdict: 'state_wrong', reply: wrongState(debt.status) },
  ask: ({ debtKey, debt, at }) => ({
    verdict: 'answered',
    reply: {
      status: 200,
      content: {
        json: {
          event_datetime: eventTime(at),
          data: { key: debtKey, credit_operation_status: { enumerator: enumeratorOf(debt) } },
        },
      },
    },
  }),
};

/** The lender's own sample writes this one word with a blank behind it. */
function enumeratorOf({ status }: DebtRequest['debt']): string {
  return status === 'canceled' ? 'canceled ' : status;
}

function addressed({ method, uri }: ReceivedRequest): { debtKey?: string; act?: keyof typeof acts | 'create' } {
  const url = URL.parse(uri, 'http://lender');
  const [, debtKey, step] = debtPath.exec(url?.pathname ?? '') ?? [];
  if (debtKey !== undefined) {
    if (method === 'POST' && step === '/signed') return { debtKey, act: 'sign' };
    return method === 'PATCH' && step === '/cancel' ? { debtKey, act: 'cancel' } : { debtKey };
  }
  if (url?.pathname !== '/debt') return {};
  if (method === 'POST') return { act: 'create' };
  const asked = url.searchParams.get('key') ?? '';
  const isKey = new RegExp(`^${keyForm}$`).test(asked);
  return method === 'GET' ? { act: 'ask', ...(isKey ? { debtKey: asked } : {}) } : {};
}

/** `POST /debt`: any JSON object makes a debt; its optional `key` chooses the debt key, for tests that want to know it. */
function created(content: Buffer, at: Date, rules: JudgementRules): Judgement {
  const body = objectIn(content);
  const debtKey = body?.key ?? newDebtKey();
  if (!body || typeof debtKey !== 'string' || !new RegExp(`^${keyForm}$`).test(debtKey)) {
    return { verdict: 'body_invalid', reply: bodyInvalid({ body: 'must be a JSON object; key, if any, a debt key' }) };
  }
  const existing = rules.ledger.find(debtKey);
  if (existing?.verdictCounts.has('created'))
    return { debtKey, verdict: 'state_wrong', reply: wrongState(existing.status) };
  const contract = { number: `SANDBOX-${debtKey}`, urls: [], signature_information: [] };
  const status = existing?.status ?? 'waiting_signature';
  const json = { webhook_type: 'debt', key: debtKey, status, event_datetime: eventTime(at), data: { contract } };
  return { debtKey, verdict: 'created', reply: { status: 201, content: { json } } };
}

function newDebtKey(): string {
  return randomUUID();
}
