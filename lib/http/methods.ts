import { answering, responseOf } from './answering.ts';
import { apiHeaders, problemAnswer } from './problem.ts';

/** The variable parts of an address. Next gives undefined where there are none, whatever its types say. */
export type Params = Record<string, string | string[] | undefined> | undefined;
export type Endpoint = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

type Written = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Answered = Written | 'HEAD' | 'OPTIONS';

/**
 * The exports of an API route: the given methods, HEAD where there is GET, OPTIONS, and 405 with `Allow` for the others, so that no
 * answer of the API is Next's own.
 */
export function methods(endpoints: Partial<Record<Written, Endpoint>>): Record<Answered, Endpoint> {
  const allow = allowed(endpoints);
  const refuse: Endpoint = () =>
    answering(async () => problemAnswer('method_not_allowed', { headers: { Allow: allow } }));
  const { GET } = endpoints;
  return {
    GET: GET ?? refuse,
    HEAD: GET ? async (request, context) => withoutBody(await GET(request, context)) : refuse,
    POST: endpoints.POST ?? refuse,
    PUT: endpoints.PUT ?? refuse,
    PATCH: endpoints.PATCH ?? refuse,
    DELETE: endpoints.DELETE ?? refuse,
    OPTIONS: async () => responseOf({ status: 204, headers: { ...apiHeaders, Allow: allow }, bytes: new Uint8Array() }),
  };
}

function allowed(endpoints: Partial<Record<Written, Endpoint>>): string {
  const given = Object.keys(endpoints);
  return [...given, ...('GET' in endpoints ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

function withoutBody({ status, headers }: Response): Response {
  return new Response(null, { status, headers });
}
