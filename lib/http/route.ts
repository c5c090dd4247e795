import type { z } from 'zod';
import { headlineOf } from '#lib/domain/error-catalogue.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import type { MerchantActor, Once, Program, Rendered, Settled } from '#lib/program.ts';
import { checked, type FieldRefusal } from '#lib/schema/field-refusals.ts';
import { noQuery } from '#lib/schema/list-query.ts';
import { merchantOf, type RefusedCaller } from './api-key.ts';
import { fingerprintOf, readIdempotencyKey } from './idempotency-key.ts';
import { readJsonBody } from './json-body.ts';
import type { Endpoint } from './methods.ts';
import { problemAnswer } from './problem.ts';
import { readQuery } from './query.ts';
import { limit, limitAddress } from './rate-limit.ts';
import { type RecordedCall, recorded } from './recorded.ts';

type BodyRules<Body extends z.ZodType> = { schema: Body; limitBytes: number; isOptional: boolean };

type Rules<Query extends z.ZodType, Body extends z.ZodType> = {
  scope: ApiScope;
  query?: Query;
  /** Present on every call that changes something; such a call takes an idempotency key. */
  body?: BodyRules<Body>;
};

export type ApiCall<Query, Body> = {
  program: Program;
  merchant: MerchantActor;
  /** The session id in the address; empty where there is none. */
  sessionId: string;
  query: Query;
  body: Body;
  /** How the use case must answer, and under which key only once. */
  once<Result>(render: (result: Result) => Rendered): Once<Result>;
};

/**
 * One call of the API: authentication, then the rate limit, then size and type, then the key's syntax, then validation, then the use case. An invalid
 * request never burns an idempotency key. Order: `security-and-reliability` section 5, rule 10.
 */
export function route<Query extends z.ZodType = typeof noQuery, Body extends z.ZodType = z.ZodUndefined>(
  rules: Rules<Query, Body>,
  handle: (call: ApiCall<z.output<Query>, z.output<Body>>) => Promise<Rendered | Settled>,
): Endpoint {
  return (request, { params }) =>
    recorded(request, params, async (program, call) => {
      const caller = await merchantOf(program, request.headers, rules.scope);
      call.caller = caller;
      if (!caller.ok) return refusedCaller(program, caller);
      const { merchant } = caller;
      return limitedByKey(program, merchant, rules.body ? 'api_write' : 'api_read', async () => {
        const input = await readInput(request, rules, call);
        if (!input.ok) return input.answer;
        const sessionId = String((await params)?.id ?? '');
        const { query, body, key, fingerprint } = input;
        const once = <Result>(render: (result: Result) => Rendered): Once<Result> => ({
          ...(key !== undefined && { key }),
          fingerprint,
          render,
        });
        const outcome = await handle({ program, merchant, sessionId, query, body, once });
        return 'kind' in outcome ? settled(outcome) : outcome;
      });
    });
}

/** Runs the call of a key if its bucket lets it, and says in any answer how the bucket stands. */
export async function limitedByKey(
  program: Program,
  { apiKeyId }: MerchantActor,
  name: 'api_read' | 'api_write',
  call: () => Promise<Rendered>,
): Promise<Rendered> {
  const { isLet, headers } = await limit(program, name, apiKeyId);
  if (!isLet) return problemAnswer('rate_limited', { headers });
  const answer = await call();
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** Whoever comes without a good key is refused; whoever does so without end is told to wait. */
export async function refusedCaller(program: Program, caller: RefusedCaller): Promise<Rendered> {
  const { isLet, headers } = await limitAddress(program, 'api_refused');
  if (!isLet) return problemAnswer('rate_limited', { headers });
  const { code } = caller;
  const missing = code === 'forbidden' ? { missingScope: caller.missingScope } : {};
  return problemAnswer(code, { ...authenticationHint, ...missing });
}

/** The answer to wrong fields: the particular code when all faults are of one such kind. */
export function refusedFields(errors: readonly FieldRefusal[]): Rendered {
  return problemAnswer(headlineOf(errors.map(({ code }) => code)), { errors });
}

/** RFC 9110 wants a challenge with each 401; ours is no scheme that a browser knows, so no box pops up. */
const authenticationHint = { headers: { 'WWW-Authenticate': 'ApiKey realm="aceite"' } };
/** Seconds; the first request is at most one transaction long. */
const inProgressRetryAfter = '1';

type Input<Query extends z.ZodType, Body extends z.ZodType> =
  | { ok: true; query: z.output<Query>; body: z.output<Body>; key?: string; fingerprint: Uint8Array }
  | { ok: false; answer: Rendered };

async function readInput<Query extends z.ZodType, Body extends z.ZodType>(
  request: Request,
  rules: Rules<Query, Body>,
  call: RecordedCall,
): Promise<Input<Query, Body>> {
  const json = rules.body
    ? await readJsonBody(request, rules.body)
    : { ok: true as const, isAbsent: true, value: undefined };
  if (json.ok) call.sent = json.value;
  if (!json.ok) return { ok: false, answer: problemAnswer(json.code, 'errors' in json ? { errors: json.errors } : {}) };
  const idempotency = rules.body ? readIdempotencyKey(request.headers) : { ok: true as const };
  if (!idempotency.ok) return { ok: false, answer: problemAnswer(idempotency.code) };
  const { searchParams, pathname } = new URL(request.url);
  const query = readQuery(rules.query ?? noQuery, searchParams);
  const body =
    rules.body && !json.isAbsent ? checked(rules.body.schema, json.value) : { ok: true as const, value: undefined };
  const errors = [...(query.ok ? [] : query.errors), ...(body.ok ? [] : body.errors)];
  if (!query.ok || !body.ok) return { ok: false, answer: refusedFields(errors) };
  const fingerprint = fingerprintOf({ method: request.method, path: pathname, query: searchParams, body: json.value });
  return {
    ok: true,
    // Both were parsed by the schemas whose outputs they are; the defaults stand for `noQuery` and for no body.
    query: query.value as z.output<Query>,
    body: body.value as z.output<Body>,
    ...('key' in idempotency && idempotency.key !== undefined && { key: idempotency.key }),
    fingerprint,
  };
}

function settled(outcome: Settled): Rendered {
  if (outcome.kind === 'answered') {
    const { rendered, isReplay } = outcome;
    return isReplay ? { ...rendered, headers: { ...rendered.headers, 'Idempotency-Replayed': 'true' } } : rendered;
  }
  if (outcome.code === 'idempotency_in_progress') {
    return problemAnswer(outcome.code, { headers: { 'Retry-After': inProgressRetryAfter } });
  }
  return problemAnswer(outcome.code, { firstUsedAt: outcome.firstUsedAt.toISOString() });
}
