import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { bytesIn } from '../../sealed-bytes.ts';
import type { Report } from './report.ts';

const kinds = ['court', 'shared', 'document'];

/** A certificate bears a seal of its own in what only the session's key opens; here it must be of this session's story. */
export function compareCertificates(
  { events, certificates }: AuditedSession,
  vault: SessionVault,
  report: Report,
): void {
  for (const { kind, through_hash, pdf_sealed } of certificates) {
    const place = `certificate ${kind}`;
    if (!events.some(({ hash }) => hash.equals(through_hash)))
      report('row_without_event', 'certificates', 'through_hash', place);
    if (!kinds.includes(kind)) report('value_altered', 'certificates', 'kind', place);
    if (!bytesIn(vault, 'certificate', pdf_sealed)) report('part_altered', 'certificates', 'pdf_sealed', place);
  }
}
