import { parseIpAddress } from './ip-address.ts';
import { formatCidr, parseCidr } from './ip-range.ts';

/** A bucket holds `burst` tokens and gets `perSecond` back; each call takes one. `by` says whose bucket it is. */
type RateLimit = { burst: number; perSecond: number; by: 'key' | 'address' | 'link' };

/**
 * How much is too much. An ordinary shop makes some calls a second and a phone company puts thousands of customers behind one address, so
 * what an honest caller does is far below; what a flood does is far above.
 */
export const rateLimits = {
  /** Calls that read, per API key. */
  api_read: { burst: 1_000, perSecond: 100, by: 'key' },
  /** Calls that create or cancel, per API key. */
  api_write: { burst: 500, perSecond: 50, by: 'key' },
  /** Calls without a good key, and posts at the lender's door that it did not sign. */
  api_refused: { burst: 200, perSecond: 10, by: 'address' },
  /** Reads of a document by the signature in its address. */
  api_signature: { burst: 200, perSecond: 10, by: 'address' },
  /** Links that are opened. */
  link: { burst: 600, perSecond: 20, by: 'address' },
  /** Receipts that are looked up, and the page on which dossiers are checked. */
  verify: { burst: 200, perSecond: 10, by: 'address' },
  /** Files of the public log. Whoever follows it asks for one every few seconds; whoever reads all of it at once, for thousands. */
  log: { burst: 5_000, perSecond: 200, by: 'address' },
  /** Sign-ins of staff; failures have a limit of their own, far lower. */
  sign_in: { burst: 100, perSecond: 1, by: 'address' },
  /** The signer's acts but accepting, which is never refused. */
  signer_act: { burst: 60, perSecond: 1, by: 'link' },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof rateLimits;

/** A sandbox is its owner's own machine: benchmarks and trials run in it. The code is the same. */
export const sandboxFactor = 100;

export type Bucket = { burst: number /** How long one token takes to come back. */; tokenMs: number };

export function bucketOf(name: RateLimitName, isSandbox: boolean): Bucket {
  const { burst, perSecond } = rateLimits[name];
  const factor = isSandbox ? sandboxFactor : 1;
  return { burst: burst * factor, tokenMs: 1_000 / (perSecond * factor) };
}

/** What the decision leaves: all in whole tokens and seconds, never in the caller's favour. */
export type Standing = { remaining: number; resetSeconds: number; retryAfterSeconds: number };

/** `owedMs`: how long the bucket takes to be full again. */
export function standingOf({ burst, tokenMs }: Bucket, owedMs: number): Standing {
  const owed = Math.max(0, owedMs);
  const untilOneMs = owed + tokenMs - burst * tokenMs;
  return {
    remaining: Math.min(burst, Math.max(0, Math.floor(burst - owed / tokenMs))),
    resetSeconds: Math.ceil(owed / 1_000),
    retryAfterSeconds: Math.max(1, Math.ceil(untilOneMs / 1_000)),
  };
}

/** As draft-ietf-httpapi-ratelimit-headers-10 writes them: q tokens within w seconds; r are left, all are back in t seconds. */
export function limitHeaders(
  name: RateLimitName,
  bucket: Bucket,
  { isTaken, owedMs }: { isTaken: boolean; owedMs: number },
) {
  const { remaining, resetSeconds, retryAfterSeconds } = standingOf(bucket, owedMs);
  const windowSeconds = Math.max(1, Math.round((bucket.burst * bucket.tokenMs) / 1_000));
  return {
    'RateLimit-Policy': `"${name}";q=${bucket.burst};w=${windowSeconds}`,
    RateLimit: `"${name}";r=${remaining};t=${resetSeconds}`,
    ...(!isTaken && { 'Retry-After': String(retryAfterSeconds) }),
  };
}

/** Whose bucket an address is. Of IPv6 a household has a whole /64, and would else have as many buckets as it likes. */
export function addressSubject(ip: string): string {
  const network = parseIpAddress(ip)?.version === 6 ? parseCidr(`${ip}/64`) : undefined;
  return network?.ok ? formatCidr(network.value) : ip;
}
