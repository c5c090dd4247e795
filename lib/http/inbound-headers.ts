import type { IncomingHttpHeaders } from 'node:http';

/** What stood in the forwarding headers before they were taken away; only the walk over trusted proxies may believe it. */
export type Forwarded = { xForwardedFor?: string; forwarded?: string; clientPort?: string };

/**
 * Headers that a client may not send: forwarding headers (Next would keep them), Next's own internal ones, method overrides, and a CSP
 * whose nonce Next would put on its scripts.
 */
const refusedNames = new Set([
  'forwarded',
  'x-real-ip',
  'x-matched-path',
  'x-http-method-override',
  'x-nonce',
  'next-action',
  'next-resume',
  'content-security-policy',
  'content-security-policy-report-only',
]);
const refusedPrefixes = [
  'x-forwarded-',
  'x-middleware-',
  'x-nextjs-',
  'x-next-',
  'x-invoke-',
  'x-prerender-',
  'x-now-',
];

/**
 * By these Next's own router asks for the data of a page instead of its HTML, and Next answers 500 to a state that it cannot read. Of our
 * pages only those of the dashboard ask so, to renew themselves; all others are reached by plain links.
 */
const navigationNames = [
  'rsc',
  'next-url',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
];

export function dropNavigation(headers: IncomingHttpHeaders): void {
  for (const name of navigationNames) delete headers[name];
}

/** Deletes them from the request and returns those that say where it came from. */
export function takeForwarded(headers: IncomingHttpHeaders, clientPortHeader: string | undefined): Forwarded {
  const taken: Forwarded = {};
  if (typeof headers['x-forwarded-for'] === 'string') taken.xForwardedFor = headers['x-forwarded-for'];
  if (typeof headers.forwarded === 'string') taken.forwarded = headers.forwarded;
  const port = clientPortHeader === undefined ? undefined : headers[clientPortHeader];
  if (typeof port === 'string') taken.clientPort = port;
  for (const name of Object.keys(headers)) {
    if (isRefused(name) || name === clientPortHeader) delete headers[name];
  }
  return taken;
}

function isRefused(name: string): boolean {
  return refusedNames.has(name) || refusedPrefixes.some((prefix) => name.startsWith(prefix));
}
