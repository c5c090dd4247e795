import type { Bytes } from './der.ts';
import { der, derUnsigned } from './der-writer.ts';

/** id-sha256 without parameters (RFC 5754, 2.2). */
const sha256Algorithm = Uint8Array.of(0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01);
const versionOne = Uint8Array.of(0x02, 0x01, 0x01);
const certificateRequested = Uint8Array.of(0x01, 0x01, 0xff);

/**
 * A TimeStampReq (RFC 3161, 2.4.1) for a SHA-256 digest of 32 bytes, as DER. It asks for the authority's certificate, so that the
 * token can be checked by itself years later, and for no policy. `nonce` is read as one large number; give it 8 or more random bytes.
 */
export function timeStampRequest({ digest, nonce }: { digest: Uint8Array; nonce: Uint8Array }): Bytes {
  if (digest.length !== 32) throw new Error(`A SHA-256 digest has 32 bytes, not ${digest.length}.`);
  const imprint = der(0x30, sha256Algorithm, der(0x04, digest));
  return der(0x30, versionOne, imprint, derUnsigned(nonce), certificateRequested);
}
