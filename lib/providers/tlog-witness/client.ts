import { type PostLimits, type PostReply, postLimits, postOnce } from '#lib/providers/post-once.ts';
import type { CosignRequest, Witness, WitnessAnswer } from '#lib/providers/witness.ts';

/** A witness that speaks c2sp.org/tlog-witness below `url`. The limits are for tests; the defaults are the promise. */
export function createTlogWitness({ url, limits }: { url: string; limits?: Partial<PostLimits> }): Witness {
  const endpoint = new URL(`${url.replace(/\/+$/, '')}/add-checkpoint`);
  return {
    cosign: async (request) =>
      answerIn(await postOnce({ url: endpoint, headers, body: bodyOf(request) }, { ...postLimits, ...limits })),
  };
}

const headers = { 'Content-Type': 'text/plain; charset=utf-8' };

function bodyOf({ oldSize, proof, checkpoint }: CosignRequest): Uint8Array {
  const lines = [`old ${oldSize}`, ...proof.map((hash) => Buffer.from(hash).toString('base64'))];
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), checkpoint]);
}

/** What the statuses of the protocol mean; any other one is not an answer of a witness, and may pass. */
const refusals: Record<number, string> = {
  400: 'malformed_request',
  403: 'signature_refused',
  404: 'unknown_log',
  413: 'request_too_large',
  422: 'proof_refused',
};

function answerIn(reply: PostReply): WitnessAnswer {
  if (!reply.ok) return { ok: false, code: 'away', reason: reply.reason };
  const { status, type } = reply;
  const body = Buffer.from(reply.body).toString('utf8');
  if (status === 200) return { ok: true, lines: body };
  const reason = refusals[status];
  if (reason !== undefined) return { ok: false, code: 'refused', reason };
  const size = status === 409 && type === 'text/x.tlog.size' ? sizeIn(body) : undefined;
  if (size !== undefined) return { ok: false, code: 'conflict', size };
  return { ok: false, code: 'away', reason: `http_${status}` };
}

function sizeIn(body: string): number | undefined {
  const [, digits] = /^(0|[1-9]\d{0,15})\n$/.exec(body) ?? [];
  const size = Number(digits);
  return digits !== undefined && Number.isSafeInteger(size) ? size : undefined;
}
