import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import { searchValues } from '#lib/domain/search-values.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';
import type { Keyring } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { Report } from './report.ts';

/** Every row of a session lies behind the same wall as the session itself. */
export function compareWalls(audited: AuditedSession, report: Report): void {
  const { session, key, contract, acceptance, delivery, tombstone } = audited;
  const rows = {
    session_keys: key ? [key] : [],
    contracts: contract ? [contract] : [],
    signer_details: audited.details,
    blind_indexes: audited.blindIndexes,
    acceptances: acceptance ? [acceptance] : [],
    deliveries: delivery ? [delivery] : [],
    delivery_attempts: audited.attempts,
    lender_reencodes: audited.reencodes,
    events: audited.events,
    legal_holds: audited.holds,
    certificates: audited.certificates,
    tombstones: tombstone ? [tombstone] : [],
  };
  for (const [table, found] of Object.entries(rows))
    if (found.some(({ workspace_id }) => workspace_id !== session.workspace_id))
      report('value_altered', table, 'workspace_id');
}

/** What a session is found by, against all versions of its details. */
export function compareBlindIndexes(
  { session, details, blindIndexes }: AuditedSession,
  keys: Keyring,
  vault: SessionVault,
  report: Report,
): void {
  const nameOf = (field: string, digest: Buffer) => `${field} ${digest.toString('hex')}`;
  const kept = new Set(blindIndexes.map(({ field, digest }) => nameOf(field, digest)));
  const wanted = new Set(
    details
      .flatMap((row) => searchValues(valuesOf(vault, row.details_sealed)))
      .map(({ field, value }) => nameOf(field, keys.blindIndex(session.workspace_id, field, value))),
  );
  if ([...wanted].some((name) => !kept.has(name))) report('row_missing', 'blind_indexes', 'field, digest');
  if ([...kept].some((name) => !wanted.has(name))) report('row_without_event', 'blind_indexes', 'field, digest');
}

function valuesOf(vault: SessionVault, sealed: Buffer): Record<string, string> {
  try {
    const details = vault.openJson<KeptDetails>('details', sealed);
    return Object.fromEntries(Object.entries(details).map(([field, { value }]) => [field, value]));
  } catch {
    // Reported as a part already.
    return {};
  }
}
