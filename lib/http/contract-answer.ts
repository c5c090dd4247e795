import type { Rendered } from '#lib/program.ts';
import { bareContentSecurityPolicy } from './security-headers.ts';

/**
 * The contract's bytes, exactly as they came, to be saved and not shown: a browser that rendered them could be made to read them
 * otherwise. `Content-Digest` (RFC 9530) says the hash that the evidence holds.
 */
export function contractAnswer({ bytes, sha256 }: { bytes: Uint8Array; sha256: Buffer }, sessionId: string): Rendered {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="contract-${sessionId}.txt"`,
      'Content-Digest': `sha-256=:${sha256.toString('base64')}:`,
      'Content-Security-Policy': `${bareContentSecurityPolicy}; sandbox`,
      'Cache-Control': 'no-store, no-transform',
    },
    bytes,
  };
}
