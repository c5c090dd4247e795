import { createHash } from 'node:crypto';

/** A request as it stands before anybody has vouched for it. `uri` is the path with its query, as it goes on the wire. */
export type PlainRequest = { method: 'GET' | 'POST'; uri: string; body?: Uint8Array; at: Date };

/** What authentication adds: headers, and for the older scheme the envelope that takes the body's place. */
export type AuthenticatedRequest = { headers: Record<string, string>; body?: Uint8Array };

/**
 * Vouches for one request at one instant. Made anew for every attempt: the lender bounds the age of what it accepts.
 * The body's own bytes are never changed, only (in the older scheme) wrapped.
 */
export type RequestAuthentication = (request: PlainRequest) => AuthenticatedRequest;

/** What `QITECH_EMPTY_PAYLOAD` may say: the text whose MD5 stands for "no body". */
export type EmptyPayload = '{}' | '';

/** Lower-case hexadecimal MD5, as both schemes want it. Integrity comes from the signature around it, not from MD5. */
export function md5Hex(bytes: Uint8Array | string): string {
  return createHash('md5').update(bytes).digest('hex');
}
