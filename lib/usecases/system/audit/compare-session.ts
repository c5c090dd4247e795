import { createHash } from 'node:crypto';
import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import { displayForm } from '#lib/domain/contract-text.ts';
import { closingStatus, isClosing } from '#lib/domain/event-type.ts';
import { type Keyring, sha256 } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { bytesIn } from '../../sealed-bytes.ts';
import { type KeptUntil, keptUntil } from './kept-until.ts';
import { jsonIn, jsonOf } from './open-or-not.ts';
import { isBetween, type Report, reportValues } from './report.ts';
import type { ToldEvent } from './told.ts';

/** The columns of a session that its events decide, erased or not. */
export function compareMoves(audited: AuditedSession, keys: Keyring, told: readonly ToldEvent[], report: Report): void {
  const { session } = audited;
  const started = told.find(({ type }) => type === 'started');
  const closing = told.find(({ type }) => isClosing(type));
  const submissions = told.filter(({ type }) => type === 'details_submitted');
  reportValues(report, 'signing_sessions', {
    status: [
      session.status,
      closing && isClosing(closing.type) ? closingStatus[closing.type] : started ? 'IN_PROGRESS' : 'PENDING',
    ],
    started_at: [session.started_at, started?.data.startedAt],
    failure_reason: [session.failure_reason, closing?.type === 'declined' ? 'signer_declined' : null],
    cancelled_by: [session.cancelled_by, closing?.type === 'cancelled' ? closing.actor : null],
    details_version: [session.details_version, 1 + submissions.length],
    'link_issue, link_sha256': [session.link_sha256, sha256(keys.linkToken(session.id, session.link_issue))],
  });
  if (!isClosedAt(session, closing)) report('value_altered', 'signing_sessions', 'closed_at');
  if (!isKeptUntil(session, keptUntil(audited, told))) report('value_altered', 'signing_sessions', 'keep_until');
}

/** The moment of an acceptance stands in its record, which an erased session no longer has; its event came at once. */
function isClosedAt({ closed_at, expires_at }: AuditedSession['session'], closing: ToldEvent | undefined): boolean {
  if (!closing || !closed_at) return !closing && !closed_at;
  if (closing.type === 'accepted') return isBetween(closed_at, closing.occurredAt, closing.occurredAt);
  if (closing.type !== 'expired') return closed_at.toISOString() === closing.data.closedAt;
  return closed_at.getTime() === expires_at.getTime() && closing.occurredAt >= expires_at;
}

/** A date only moves away, and only as far as the terms lead from what has happened since. */
function isKeptUntil({ keep_until }: AuditedSession['session'], terms: KeptUntil | undefined): boolean {
  if (!keep_until || !terms) return !keep_until && !terms;
  return keep_until >= terms.least && keep_until <= terms.floor;
}

/** What the columns say of the contract's bytes, of the closing words and of the details, as far as the bytes are there. */
export function compareContents(
  audited: AuditedSession,
  vault: SessionVault,
  told: readonly ToldEvent[],
  report: Report,
): void {
  const { session, contract } = audited;
  const closing = told.find(({ type }) => isClosing(type));
  reportValues(report, 'signing_sessions', {
    closing_words_sealed: [
      jsonIn(vault, 'closing_words', session.closing_words_sealed),
      jsonOf(closing?.private.words),
    ],
  });
  // Bytes that do not open are reported as a part already; nothing has the hash of nothing.
  const bytes = bytesIn(vault, 'contract_text', contract?.text_sealed ?? null) ?? Buffer.alloc(0);
  if (contract) compareContract(audited, contract, bytes, report);
  else report('row_missing', 'contracts');
  for (const row of audited.details)
    if (!isSetWithItsEvent(row, session, told))
      report('value_altered', 'signer_details', 'created_at', `version ${row.version}`);
}

type Contract = NonNullable<AuditedSession['contract']>;

function compareContract({ session }: AuditedSession, contract: Contract, bytes: Buffer, report: Report): void {
  const text = bytes.toString('utf8');
  reportValues(report, 'signing_sessions', {
    contract_sha256: [session.contract_sha256, sha256(bytes)],
    contract_bytes: [session.contract_bytes, bytes.length],
  });
  reportValues(report, 'contracts', {
    sha3_256: [contract.sha3_256, createHash('sha3-256').update(bytes).digest()],
    display_sha256: [contract.display_sha256, sha256(displayForm(text))],
    character_count: [contract.character_count, [...text].length],
  });
}

/** Details are written just before the event that tells of them. */
function isSetWithItsEvent(
  { version, created_at }: AuditedSession['details'][number],
  { created_at: begun }: AuditedSession['session'],
  told: readonly ToldEvent[],
): boolean {
  const event =
    version === 1 ? told[0] : told.find(({ type, data }) => type === 'details_submitted' && data.version === version);
  if (!event) return true;
  const before = told.findLast(({ sequence }) => sequence < event.sequence);
  return isBetween(created_at, before?.occurredAt ?? begun, event.occurredAt);
}
