import { childrenOf, readDer, Unreadable } from './der.ts';

/** The token (CMS ContentInfo, DER) of an answer that grants one (TimeStampResp, RFC 3161 section 2.4.2). Throws `Unreadable` for any other. */
export function stampToken(response: Uint8Array): Uint8Array {
  const [, token] = childrenOf(readDer(new Uint8Array(response)));
  if (!token) throw new Unreadable('it grants no stamp');
  return token.bytes;
}
