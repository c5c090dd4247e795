import { type NextRequest, NextResponse } from 'next/server';
import { pagePolicy } from '#lib/http/page-policy.ts';

/**
 * Gives each page its own Content-Security-Policy; Next reads the nonce from the request's copy. It decides nothing else: without this
 * file every permission stands as it is, because use cases and their queries hold them.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = pagePolicy();
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
