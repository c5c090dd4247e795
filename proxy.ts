import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { pageContentSecurityPolicy } from '#lib/http/security-headers.ts';

/**
 * Gives each page its own Content-Security-Policy; Next reads the nonce from the request's copy. It decides nothing else: without this
 * file every permission stands as it is, because use cases and their queries hold them.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64');
  const policy = pageContentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/** Pages only: no API, no form doors (whose bodies Next would buffer here), no files. */
export const config = {
  matcher: [
    '/((?!api(?:/|$)|s/|_next/|health/|metrics$|favicon\\.|sign/[^/]+/do/|sign/[^/]+/contract\\.txt$|dashboard/do/|dashboard/data/).*)',
  ],
};
