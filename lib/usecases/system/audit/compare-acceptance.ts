import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import type { AcceptanceRecord } from '#lib/evidence/acceptance-record.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { bytesIn } from '../../sealed-bytes.ts';
import { type Report, reportValues } from './report.ts';
import type { ToldEvent } from './told.ts';

/** The columns that repeat what the acceptance's record says, whose bytes the event commits to. */
export function compareAcceptance(
  { session, acceptance }: AuditedSession,
  vault: SessionVault,
  told: readonly ToldEvent[],
  report: Report,
): void {
  if (!acceptance) reportValues(report, 'signing_sessions', { receipt_code: [session.receipt_code, null] });
  const bytes = bytesIn(vault, 'acceptance_record', acceptance?.record_sealed ?? null);
  // One that is there and does not open is reported as a part already.
  if (!acceptance || !bytes) return;
  const record: AcceptanceRecord = JSON.parse(bytes.toString('utf8'));
  const { browserSha256 } = told.find(({ type }) => type === 'accepted')?.data ?? {};
  reportValues(report, 'signing_sessions', {
    closed_at: [session.closed_at, record.acceptedAt],
    receipt_code: [session.receipt_code, record.receiptCode],
  });
  reportValues(report, 'acceptances', {
    accepted_at: [acceptance.accepted_at, record.acceptedAt],
    receipt_code: [acceptance.receipt_code, record.receiptCode],
    details_version: [acceptance.details_version, record.detailsVersion],
    offer_id: [acceptance.offer_id, record.offer.id],
    record_sha256: [acceptance.record_sha256, sha256(bytes)],
    // Events did not always tell it.
    ...(browserSha256 !== undefined && { browser_sha256: [acceptance.browser_sha256, browserSha256] }),
  });
}
