import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import { partHash } from '#lib/evidence/event-chain.ts';
import { partBytes, partName } from '#lib/evidence/parts.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { bodiesOf } from '../../lender-bodies.ts';
import { contractFactsPart, detailsPart, keptAttemptPart, sessionPart } from '../../session-parts.ts';
import type { Report } from './report.ts';
import type { ToldEvent } from './told.ts';

/** A piece of evidence as the rows give it now. `bytes` throws when they cannot be read. */
type PartNow = { table: string; column: string; place?: string; bytes(): Uint8Array };

/** Compares everything that the events commit to with the rows as they are now, and asks of every such row that some event commits to it. */
export function compareParts(
  audited: AuditedSession,
  vault: SessionVault,
  told: readonly ToldEvent[],
  report: Report,
): void {
  const parts = partsNow(audited, vault);
  const committed = new Set<string>();
  for (const { salt, private: hidden } of told) {
    for (const [name, hex] of Object.entries(hidden.commits ?? {})) {
      committed.add(name);
      const part = parts.get(name);
      if (!part) report('row_missing', tableOf(name), undefined, name);
      else if (!salt || !isAsCommitted(part, salt, hex)) report('part_altered', part.table, part.column, part.place);
    }
  }
  for (const [name, { table, place }] of parts)
    if (!committed.has(name)) report('row_without_event', table, undefined, place);
}

function isAsCommitted({ bytes }: PartNow, salt: Buffer, hex: string): boolean {
  try {
    return Buffer.from(partHash(salt, bytes())).toString('hex') === hex;
  } catch {
    return false;
  }
}

const sessionColumns =
  'id, workspace_id, api_key_id, order_id, debt_key, provider, language, merchant_legal_name, lender_legal_name, created_at, expires_at, return_url, signing_deadline, final_due_date, metadata_sealed';

function partsNow(audited: AuditedSession, vault: SessionVault): Map<string, PartNow> {
  const { session, contract, acceptance, delivery } = audited;
  const parts = new Map<string, PartNow>([
    [
      partName.session,
      {
        table: 'signing_sessions',
        column: sessionColumns,
        bytes: () => partBytes(sessionPart({ row: session, vault })),
      },
    ],
  ]);
  if (contract) {
    const facts = () =>
      contractFactsPart({ row: session, facts: vault.openJson('contract_facts', contract.facts_sealed) });
    const text = () => vault.open('contract_text', contract.text_sealed);
    parts.set(partName.contract, { table: 'contracts', column: 'text_sealed', bytes: text });
    const column = 'facts_sealed, or signing_sessions.contract_language';
    parts.set(partName.contractFacts, { table: 'contracts', column, bytes: () => partBytes(facts()) });
  }
  if (acceptance) {
    const bytes = () => vault.open('acceptance_record', acceptance.record_sealed);
    parts.set(partName.acceptance, { table: 'acceptances', column: 'record_sealed', bytes });
  }
  if (delivery) {
    const nothing = Buffer.alloc(0);
    const now = { body_sealed: delivery.body_sealed ?? nothing, body_sha256: delivery.body_sha256 ?? nothing };
    const bodies = bodiesOf(now, audited.reencodes);
    for (const { number, sealed } of bodies) {
      const table = number === bodies.length ? 'deliveries' : 'lender_reencodes';
      const column = number === bodies.length ? 'body_sealed' : 'replaced_sealed';
      const bytes = () => vault.open('lender_body', sealed);
      parts.set(partName.lenderRequest(number), { table, column, bytes });
    }
  }
  for (const [name, part] of [...detailsNow(audited, vault), ...attemptsNow(audited, vault)]) parts.set(name, part);
  return parts;
}

function detailsNow({ details }: AuditedSession, vault: SessionVault): [string, PartNow][] {
  const column = 'version, set_by, details_sealed';
  return details.map((row) => [
    partName.details(row.version),
    {
      table: 'signer_details',
      column,
      place: `version ${row.version}`,
      bytes: () => partBytes(detailsPart(vault, row)),
    },
  ]);
}

function attemptsNow({ attempts }: AuditedSession, vault: SessionVault): [string, PartNow][] {
  const column = 'kind, started_at, ended_at, outcome, reason, counted, http_status, reply_sealed, body_sha256';
  return attempts.map((row) => [
    partName.attempt(row.id),
    {
      table: 'delivery_attempts',
      column,
      place: `attempt ${row.id}`,
      bytes: () => partBytes(keptAttemptPart(vault, row)),
    },
  ]);
}

function tableOf(name: string): string {
  if (name.startsWith('details-')) return 'signer_details';
  if (name.startsWith('attempt-')) return 'delivery_attempts';
  if (name === partName.acceptance) return 'acceptances';
  return name.startsWith(partName.lenderRequest()) ? 'deliveries' : 'contracts';
}
