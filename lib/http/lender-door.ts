import type { Program, Rendered } from '#lib/program.ts';
import { answering } from './answering.ts';
import type { Endpoint } from './methods.ts';
import { countNotice, type NoticeOutcome } from './notice-traffic.ts';
import { apiHeaders, problemAnswer } from './problem.ts';
import { limitAddress } from './rate-limit.ts';
import { bodyBytesMax, readBody } from './read-body.ts';

type Post = {
  uri: string;
  headers: { authorization: string | null; apiClientKey: string | null };
  body: Uint8Array;
};

type Taken =
  | {
      ok: true;
      result: Exclude<NoticeOutcome, 'refused'>;
      acknowledgement: { headers: Record<string, string>; body: Uint8Array };
    }
  | { ok: false; code: 'lender_signature_invalid' | 'lender_webhooks_closed' };

/**
 * The lender's door: the raw bytes, counted, and the two headers that vouch for them. The type of the content is whatever was sent; the
 * signature is over the bytes. The address of the door is the lender's word for it, path and query, whatever host it asked.
 */
export function lenderDoor(take: (program: Program, post: Post) => Promise<Taken>): Endpoint {
  return (request) =>
    answering(async (program) => {
      const read = await readPost(request);
      const taken = read.ok ? await take(program, read.post) : read;
      countNotice(taken.ok ? taken.result : 'refused');
      if (taken.ok) return acknowledged(taken.acknowledgement);
      return taken.code === 'lender_signature_invalid' ? unproved(program) : problemAnswer(taken.code);
    });
}

async function readPost(
  request: Request,
): Promise<{ ok: true; post: Post } | { ok: false; code: 'unsupported_media_type' | 'payload_too_large' }> {
  if (request.headers.has('content-encoding')) return { ok: false, code: 'unsupported_media_type' };
  const body = await readBody(request, bodyBytesMax.other);
  if (!body.ok) return body;
  const { pathname, search } = new URL(request.url);
  const { headers } = request;
  const post = {
    uri: `${pathname}${search}`,
    headers: { authorization: headers.get('authorization'), apiClientKey: headers.get('api-client-key') },
    body: body.bytes,
  };
  return { ok: true, post };
}

/** As a call without a good key: whoever posts so without end is told to wait. What the lender proves takes no token, wherever it comes from. */
async function unproved(program: Program): Promise<Rendered> {
  const { isLet, headers } = await limitAddress(program, 'api_refused');
  return isLet ? problemAnswer('lender_signature_invalid') : problemAnswer('rate_limited', { headers });
}

function acknowledged({ headers, body }: { headers: Record<string, string>; body: Uint8Array }): Rendered {
  return { status: 200, headers: { ...apiHeaders, ...headers }, bytes: body };
}
