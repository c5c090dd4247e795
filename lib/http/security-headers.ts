type Headers = { setHeader(name: string, value: string): unknown };

/** On every answer of the process, static files and Next's own errors included. */
const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

const oneYearSeconds = 31_536_000;

/**
 * `no-referrer` stands on the link only: its address is a secret. Everywhere else it would make native forms send `Origin: null`, and
 * the origin check would refuse them.
 */
export function setSecurityHeaders(response: Headers, url: string, isProduction: boolean): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  response.setHeader('Referrer-Policy', url.startsWith('/s/') ? 'no-referrer' : 'same-origin');
  if (isProduction) response.setHeader('Strict-Transport-Security', `max-age=${oneYearSeconds}; includeSubDomains`);
}

/**
 * The policy of every page: scripts and styles of our own build with this request's nonce, forms to ourselves, no frames. The development
 * server needs `eval` and a socket. A page that promises to send nothing (`isOffline`) is held to it by the browser itself.
 */
export function pageContentSecurityPolicy(
  nonce: string,
  { isHot: isDevelopment, isOffline }: { isHot: boolean; isOffline: boolean },
): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${isOffline && !isDevelopment ? "'none'" : "'self'"}${isDevelopment ? ' ws:' : ''}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** For answers that are no page: nothing in them may load, run or be framed. */
export const bareContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
