import type { KeyObject } from 'node:crypto';
import { signCompact } from './jws.ts';
import { type EmptyPayload, md5Hex, type RequestAuthentication } from './request-authentication.ts';

/**
 * The lender's current scheme ("v2"): the body goes out as plain JSON, and a bare JWS in AUTHORIZATION binds its MD5, the
 * instant, the method and the path. The query is part of `uri`: the pages do not say so, public clients that work do it.
 */
export function signedHeader(options: {
  apiClientKey: string;
  privateKey: KeyObject;
  emptyPayload: EmptyPayload;
}): RequestAuthentication {
  return ({ method, uri, body, at }) => {
    const claims = {
      payload_md5: md5Hex(body ?? options.emptyPayload),
      timestamp: withMicroseconds(at),
      method,
      uri,
    };
    return {
      headers: {
        'API-CLIENT-KEY': options.apiClientKey,
        AUTHORIZATION: signCompact(JSON.stringify(claims), options.privateKey),
      },
      ...(body ? { body } : {}),
    };
  };
}

/** `YYYY-MM-DDTHH:MM:SS.ffffffZ`: six digits, as the documentation of the new scheme shows. */
function withMicroseconds(at: Date): string {
  return at.toISOString().replace(/Z$/, '000Z');
}
