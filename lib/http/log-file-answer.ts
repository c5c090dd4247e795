import type { Rendered } from '#lib/program.ts';
import { problemAnswer } from './problem.ts';
import { bareContentSecurityPolicy } from './security-headers.ts';

const forEver = 'public, max-age=31536000, immutable';
/** Seconds; the signer looks that often, so a cache in front never makes anybody wait much longer. */
const untilNextCheckpoint = 'public, max-age=5';

type File = { bytes: Uint8Array; isFixed: boolean };

/** Anybody's page may have it, and read why it does not. */
const forAnyPage = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };

/**
 * A file of the public log, which anybody's page and any cache may have. How the caller's limit stands is not told here: a cache would tell it
 * to everybody else.
 */
export function logFileAnswer(path: string, file: File | undefined): Rendered {
  if (!file) return problemAnswer('not_found');
  return {
    status: 200,
    headers: {
      'Cache-Control': file.isFixed ? forEver : untilNextCheckpoint,
      'Content-Type': path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      'Content-Security-Policy': bareContentSecurityPolicy,
      ...forAnyPage,
    },
    bytes: file.bytes,
  };
}

/** `headers`: how the limit of this address stands. Its page may read them too. */
export function tooManyLogFiles(headers: Record<string, string>): Rendered {
  const readable = { 'Access-Control-Expose-Headers': 'Retry-After, RateLimit, RateLimit-Policy' };
  return problemAnswer('rate_limited', { headers: { ...headers, ...forAnyPage, ...readable } });
}
