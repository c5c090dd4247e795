import { pathTemplate } from '#lib/domain/kept-exchange.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { type Program, program, type Rendered } from '#lib/program.ts';
import { answering } from './answering.ts';
import type { ApiKeyAnswer, KnownCaller } from './api-key.ts';
import { countLostRecords } from './lost-records.ts';
import type { Params } from './methods.ts';
import { requestStore } from './request-store.ts';

/** What becomes known of a call while it is answered; whoever learns it puts it in. */
export type RecordedCall = { caller?: ApiKeyAnswer; sent?: unknown };

/** As `answering`, and hands the call over to the request inspector when its key is known. A fault in that is counted and harms no answer. */
export async function recorded(
  request: Request,
  params: Promise<Params>,
  work: (program: Program, call: RecordedCall) => Promise<Rendered>,
): Promise<Response> {
  const startedAt = performance.now();
  const call: RecordedCall = {};
  const given = await params;
  return answering(
    (wired) => work(wired, call),
    (answer) => {
      try {
        const caller = callerOf(call.caller);
        if (caller) program().recordRequest(answeredRequest(request, given, { call, caller, startedAt, answer }));
      } catch {
        countLostRecords(1);
      }
    },
  );
}

/** A key without the scope is known as well: that is what its owner has to find out. */
function callerOf(answer: ApiKeyAnswer | undefined): KnownCaller | undefined {
  if (answer?.ok) return answer.merchant;
  return answer?.code === 'forbidden' ? answer.caller : undefined;
}

type Outcome = { call: RecordedCall; caller: KnownCaller; startedAt: number; answer: Rendered };

function answeredRequest(request: Request, params: Params, { call, caller, startedAt, answer }: Outcome) {
  const { pathname, searchParams } = new URL(request.url);
  const { headers, method } = request;
  const { workspaceId, apiKeyId } = caller;
  return {
    requestId: requestStore().requestId,
    workspaceId,
    apiKeyId,
    method,
    path: pathTemplate(pathname, params?.id !== undefined),
    query: searchParams,
    sent: call.sent,
    hasIdempotencyKey: headers.has('x-idempotency-key') || headers.has('idempotency-key'),
    startedAt,
    answeredAt: performance.now(),
    answer,
    ...withoutAbsent({
      idInPath: params?.id === undefined ? undefined : String(params.id),
      contentType: headers.get('content-type'),
      userAgent: headers.get('user-agent'),
    }),
  };
}
