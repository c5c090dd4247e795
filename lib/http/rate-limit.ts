import { takeRateToken } from '#lib/db/rate-limits.ts';
import { addressSubject, bucketOf, limitHeaders, type RateLimitName } from '#lib/domain/rate-limits.ts';
import type { Program } from '#lib/program.ts';
import { countLimit } from './limit-figures.ts';
import { requestFacts } from './peer.ts';

/** Whether the request may go on, and what its answer says of the limit; nothing when nobody could say. */
export type Limited = { isLet: boolean; headers: Record<string, string> };

const undecided: Limited = { isLet: true, headers: {} };

/**
 * Takes one token out of the bucket of a key or a link. A database that cannot be asked refuses nobody: the request goes on, is counted,
 * and meets the same database a moment later anyway.
 */
export async function limit(program: Program, name: RateLimitName, subject: string): Promise<Limited> {
  const bucket = bucketOf(name, program.isSandbox);
  const mark = program.keys.requestMark('rate limits', Buffer.from(`${name}|${subject}`));
  const token = await takeRateToken(program.db, mark, bucket).catch((error: unknown) => {
    program.log.warn({ error, limit: name }, 'a rate limit could not be asked');
    return undefined;
  });
  if (!token) {
    countLimit('undecided', name);
    return undecided;
  }
  if (!token.isTaken) countLimit('refused', name);
  return { isLet: token.isTaken, headers: limitHeaders(name, bucket, token) };
}

/**
 * The same by the client's address. One that no trusted proxy vouches for, or that is a proxy's own, would put all customers into one
 * bucket: it is the same address from which nobody may accept, and limits nobody.
 */
export async function limitAddress(program: Program, name: RateLimitName): Promise<Limited> {
  const { ip, ipTrust, isPublicAddress } = requestFacts();
  const isClients = ipTrust !== 'untrusted' && (isPublicAddress || program.acceptsPrivateClients);
  if (ip !== undefined && isClients) return limit(program, name, addressSubject(ip));
  countLimit('undecided', name);
  return undecided;
}
