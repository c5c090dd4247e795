import type { ApiScope } from '#lib/domain/roles.ts';
import type { MerchantActor, Program, Rendered, RequestFacts } from '#lib/program.ts';
import { documentQuery } from '#lib/schema/document-query.ts';
import { merchantOf } from './api-key.ts';
import type { Endpoint } from './methods.ts';
import { requestFacts } from './peer.ts';
import { problemAnswer } from './problem.ts';
import { readQuery } from './query.ts';
import { limitAddress } from './rate-limit.ts';
import { recorded } from './recorded.ts';
import { limitedByKey, refusedCaller, refusedFields } from './route.ts';

/** Who reads: a merchant by key, or whoever holds an address that was signed for this session. */
export type LinkReader = MerchantActor | { signature: string; request: RequestFacts };

type LinkCall = { program: Program; reader: LinkReader; sessionId: string };

/** A call that also works without a key, by the signature in its address. A key, when given, must be good; the signature is then not read. */
export function linkRoute(scope: ApiScope, handle: (call: LinkCall) => Promise<Rendered>): Endpoint {
  return (request, { params }) =>
    recorded(request, params, async (program, call) => {
      const sessionId = String((await params)?.id ?? '');
      const query = readQuery(documentQuery, new URL(request.url).searchParams);
      const signature = query.ok ? query.value.signature : undefined;
      if (signature !== undefined && !request.headers.has('x-api-key')) {
        const { isLet, headers } = await limitAddress(program, 'api_signature');
        if (!isLet) return problemAnswer('rate_limited', { headers });
        return handle({ program, reader: { signature, request: requestFacts() }, sessionId });
      }
      const caller = await merchantOf(program, request.headers, scope);
      call.caller = caller;
      if (!caller.ok) return refusedCaller(program, caller);
      return limitedByKey(program, caller.merchant, 'api_read', async () =>
        query.ok ? handle({ program, reader: caller.merchant, sessionId }) : refusedFields(query.errors),
      );
    });
}
