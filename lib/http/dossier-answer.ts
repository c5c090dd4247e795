import { createHash } from 'node:crypto';
import type { Rendered } from '#lib/program.ts';
import { bareContentSecurityPolicy } from './security-headers.ts';

type Dossier = { bytes: Uint8Array; state: 'final' | 'interim' };

/** A dossier to save; its name says whether more proof is still to come. It holds personal data, so no cache may have it. */
export function dossierAnswer({ bytes, state }: Dossier, sessionId: string): Rendered {
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="dossier-${sessionId}-${state}.zip"`,
      'Content-Digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
      'Content-Security-Policy': `${bareContentSecurityPolicy}; sandbox`,
      'Cache-Control': 'no-store, no-transform',
    },
    bytes,
  };
}
