import { createHash } from 'node:crypto';
import type { Rendered } from '#lib/program.ts';
import { bareContentSecurityPolicy } from './security-headers.ts';

type Certificate = { bytes: Uint8Array; state: 'final' | 'interim' };

/** A PDF to save; its name says whether more proof is still to come. It names people, so no cache may have it. */
export function certificateAnswer({ bytes, state }: Certificate, name: string): Rendered {
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${name}-${state}.pdf"`,
      'Content-Digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
      'Content-Security-Policy': `${bareContentSecurityPolicy}; sandbox`,
      'Cache-Control': 'no-store, no-transform',
    },
    bytes,
  };
}
