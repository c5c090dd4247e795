import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import type { Keyring } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { compareAcceptance } from './compare-acceptance.ts';
import { compareCertificates } from './compare-certificates.ts';
import { compareDelivery, compareDeliveryContents } from './compare-delivery.ts';
import { compareErased } from './compare-erased.ts';
import { compareHolds } from './compare-holds.ts';
import { compareParts } from './compare-parts.ts';
import { compareReencodes } from './compare-reencodes.ts';
import { compareBlindIndexes, compareWalls } from './compare-rows.ts';
import { compareContents, compareMoves } from './compare-session.ts';
import type { Finding } from './finding.ts';
import { type Report, reportTo } from './report.ts';
import { readTold } from './told.ts';

/** Everything that contradicts itself in the rows of one session. Never throws, whatever was written into them. */
export function auditSession(audited: AuditedSession, keys: Keyring): Finding[] {
  const findings: Finding[] = [];
  const report = reportTo(findings, audited.session.id);
  try {
    compareSession(audited, keys, report);
  } catch {
    report('unreadable', 'signing_sessions');
  }
  return findings;
}

function compareSession(audited: AuditedSession, keys: Keyring, report: Report): void {
  const isErased = audited.session.erased_at !== null || audited.tombstone !== undefined;
  const vault = isErased ? undefined : vaultOf(audited, keys, report);
  const told = readTold(audited, vault, report);
  compareWalls(audited, report);
  if (told[0]?.type !== 'created') report('row_without_event', 'signing_sessions');
  compareMoves(audited, keys, told, report);
  compareDelivery(audited, told, report);
  if (isErased) compareErased(audited, told, report);
  if (isErased || vault) compareHolds(audited, vault, told, report);
  if (!vault) return;
  compareParts(audited, vault, told, report);
  compareContents(audited, vault, told, report);
  compareAcceptance(audited, vault, told, report);
  compareDeliveryContents(audited, vault, told, report);
  compareReencodes(audited, vault, told, report);
  compareBlindIndexes(audited, keys, vault, report);
  compareCertificates(audited, vault, report);
}

function vaultOf({ session, key }: AuditedSession, keys: Keyring, report: Report): SessionVault | undefined {
  if (!key) {
    report('row_missing', 'session_keys');
    return undefined;
  }
  try {
    // The seal is bound to the session's own workspace.
    const place = { workspaceId: session.workspace_id, sessionId: session.id };
    return keys.sessionVault(place, { wrappingKeyId: key.wrapping_key_id, wrappedKey: key.wrapped_key });
  } catch {
    report('key_unusable', 'session_keys', 'wrapping_key_id, wrapped_key');
    return undefined;
  }
}
