import type { KeyObject } from 'node:crypto';
import { signCompact } from './jws.ts';
import { md5Hex, type RequestAuthentication } from './request-authentication.ts';

const jsonType = 'application/json';

/**
 * The lender's older scheme ("v1"): the body's bytes become the claims of a JWS inside `{"encoded_body": …}`, and a second JWS
 * signs five lines: method, MD5, content type, date, path. The MD5 is that of the encoded token, as in the lender's sample code
 * in four languages; its one worked example hashes the plain JSON instead. Without a body the MD5 and the type are empty.
 */
export function encodedBody(options: { apiClientKey: string; privateKey: KeyObject }): RequestAuthentication {
  const { apiClientKey, privateKey } = options;
  return ({ method, uri, body, at }) => {
    const envelope = body && signCompact(body, privateKey);
    const signature = [method, envelope ? md5Hex(envelope) : '', envelope ? jsonType : '', at.toUTCString(), uri].join(
      '\n',
    );
    const token = signCompact(JSON.stringify({ sub: apiClientKey, signature }), privateKey);
    return {
      headers: { 'API-CLIENT-KEY': apiClientKey, AUTHORIZATION: `QIT ${apiClientKey}:${token}` },
      ...(envelope ? { body: Buffer.from(JSON.stringify({ encoded_body: envelope })) } : {}),
    };
  };
}
