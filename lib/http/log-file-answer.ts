import type { Rendered } from '#lib/program.ts';
import { problemAnswer } from './problem.ts';
import { bareContentSecurityPolicy } from './security-headers.ts';

const forEver = 'public, max-age=31536000, immutable';
/** Seconds; the signer looks that often, so a cache in front never makes anybody wait much longer. */
const untilNextCheckpoint = 'public, max-age=5';

type File = { bytes: Uint8Array; isFixed: boolean };

/** A file of the public log, which anybody's page and any cache may have. */
export function logFileAnswer(path: string, file: File | undefined): Rendered {
  if (!file) return problemAnswer('not_found');
  return {
    status: 200,
    headers: {
      'Cache-Control': file.isFixed ? forEver : untilNextCheckpoint,
      'Content-Type': path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      'Content-Security-Policy': bareContentSecurityPolicy,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
    bytes: file.bytes,
  };
}
