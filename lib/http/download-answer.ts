import { createHash } from 'node:crypto';
import type { Rendered } from '#lib/program.ts';
import { bareContentSecurityPolicy } from './security-headers.ts';

/** A file that grows more proof until it is `final`; its name says how far it is. */
type Proving = { bytes: Uint8Array; state: 'final' | 'interim' };

/** The contract's bytes, exactly as they came. */
export function contractAnswer({ bytes }: { bytes: Uint8Array }, sessionId: string): Rendered {
  return download(bytes, 'text/plain; charset=utf-8', `contract-${sessionId}.txt`);
}

/** The contract with its certificate behind it. */
export function documentAnswer({ bytes, state }: Proving, sessionId: string): Rendered {
  return download(bytes, 'application/pdf', `contract-${sessionId}-${state}.pdf`);
}

/** The certificate alone. */
export function certificateAnswer({ bytes, state }: Proving, sessionId: string, version: string): Rendered {
  return download(bytes, 'application/pdf', `certificate-${sessionId}-${version}-${state}.pdf`);
}

export function dossierAnswer({ bytes, state }: Proving, sessionId: string): Rendered {
  return download(bytes, 'application/zip', `dossier-${sessionId}-${state}.zip`);
}

/**
 * A file to be saved and not shown: a browser that rendered it could be made to read it otherwise. `Content-Digest` is that of RFC 9530;
 * of the contract's text it says the hash that the evidence holds. All of them name people, so no cache may have them.
 */
function download(bytes: Uint8Array, mediaType: string, name: string): Rendered {
  return {
    status: 200,
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
      'Content-Security-Policy': `${bareContentSecurityPolicy}; sandbox`,
      'Cache-Control': 'no-store, no-transform',
    },
    bytes,
  };
}
