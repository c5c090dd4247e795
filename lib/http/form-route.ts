import { type Program, program } from '#lib/program.ts';
import { isDatabaseAway } from './faults.ts';
import { type Form, readForm } from './form-body.ts';
import { isOwnForm } from './form-origin.ts';
import type { Endpoint, Params } from './methods.ts';
import { refusalPage } from './refusal-page.ts';
import type { RefusalKind, RefusalReader } from './refusal-words.ts';
import { requestStore } from './request-store.ts';

type FormCall = { program: Program; form: Form; params: Params };

/** The exports of a route that takes a form: POST, and for a person who opened its address, the way to the page. */
type FormDoor = Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', Endpoint>;

/**
 * A door for plain forms: origin first, then type, size and UTF-8, then the act. The act answers `seeOther` or a refusal page; a
 * database that is away is 503, a bug a logged 500, both as pages, in words for whoever sends such forms.
 */
export function formRoute(
  act: (call: FormCall) => Promise<Response>,
  pageOf: (params: FormCall['params']) => string,
  reader: RefusalReader = 'signer',
): FormDoor {
  const answering = (work: (program: Program) => Promise<Response>) => answeringPages(work, reader);
  const refused = (kind: RefusalKind, headers = {}) => refusalPage(kind, headers, reader);
  const visit: Endpoint = (_, { params }) => answering(async () => seeOther(pageOf(await params)));
  const refuse: Endpoint = () => answering(async () => refused('method_not_allowed', { Allow: allow }));
  const POST: Endpoint = (request, { params }) =>
    answering(async (program) => {
      if (!isOwnForm(request.headers, program.portalUrl)) return refused('foreign_origin');
      const read = await readForm(request);
      if (!read.ok) return refused(read.code);
      return act({ program, form: read.form, params: await params });
    });
  return { GET: visit, HEAD: visit, POST, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: refuse };
}

const allow = 'GET, HEAD, POST';

/** On to a page of ours by GET, after every act: reloading never repeats it. `path` comes from `lib/paths`. */
export function seeOther(path: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ Location: path, 'Cache-Control': 'no-store' });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** Runs the work of an address that people open; what it throws becomes a page of ours. */
export async function answeringPages(
  work: (program: Program) => Promise<Response>,
  reader: RefusalReader = 'signer',
): Promise<Response> {
  try {
    return await work(program());
  } catch (error) {
    if (isDatabaseAway(error)) return refusalPage('temporarily_unavailable', {}, reader);
    program().log.error({ error, requestId: requestStore().requestId }, 'a request failed');
    return refusalPage('internal_error', {}, reader);
  }
}
