import { randomBytes } from 'node:crypto';
import { type PostLimits, postLimits, postOnce } from '#lib/providers/post-once.ts';
import type { Stamped, TimeStampAuthority, TimeStampProtocol } from '#lib/providers/time-stamps.ts';

export type AuthorityOptions = {
  name: string;
  /** http or https: what the authority says is signed, and a digest tells nothing. */
  url: string;
  protocol: TimeStampProtocol;
  /** 16 random bytes; for tests. */
  nonce?: () => Uint8Array;
  /** For tests; the defaults are the promise. */
  limits?: Partial<PostLimits>;
};

/**
 * An authority reached over HTTP (RFC 3161, 3.4). One request, one answer of at most 64 KiB within ten seconds, no redirects, nothing
 * decompressed, and nothing believed that the protocol's own check does not confirm; asking again is for whoever keeps the stamps that
 * are still missing.
 */
export function createAuthority(options: AuthorityOptions): TimeStampAuthority {
  const { name, protocol, nonce: makeNonce = () => randomBytes(16) } = options;
  const url = new URL(options.url);
  const limits = { ...postLimits, ...options.limits };
  return {
    name,
    stamp: async (digest): Promise<Stamped> => {
      const nonce = makeNonce();
      const reply = await postOnce({ url, headers, body: protocol.request({ digest, nonce }) }, limits);
      if (!reply.ok) return reply;
      if (reply.status !== 200)
        return { ok: false, reason: isRedirect(reply.status) ? 'redirected' : `status_${reply.status}` };
      if (reply.type !== 'application/timestamp-reply') return { ok: false, reason: 'reply_of_other_type' };
      const answer = await protocol.check({ response: reply.body, digest, nonce });
      return answer.ok ? { ...answer, response: reply.body } : { ok: false, reason: answer.code };
    },
  };
}

const headers = {
  Accept: 'application/timestamp-reply',
  'Content-Type': 'application/timestamp-query',
};

const isRedirect = (status: number): boolean => status >= 300 && status < 400;
