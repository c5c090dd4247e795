import type { SessionRow } from '#lib/db/sessions.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { UseCaseContext } from './context.ts';

/** The merchant's words about the contract, sealed beside its text. */
export type ContractFacts = { title: string; version?: string; summary: { label: string; value: string }[] };

/** A session with its seals broken: what use cases reason about. */
export type OpenSession = {
  row: SessionRow;
  place: { workspaceId: string; sessionId: string };
  vault: SessionVault;
  facts: ContractFacts;
  details: KeptDetails;
};

export function openSession(ctx: UseCaseContext, row: SessionRow): OpenSession {
  const place = { workspaceId: row.workspace_id, sessionId: row.id };
  const vault = ctx.keys.sessionVault(place, { wrappingKeyId: row.wrapping_key_id, wrappedKey: row.wrapped_key });
  return {
    row,
    place,
    vault,
    facts: vault.openJson('contract_facts', row.facts_sealed),
    details: vault.openJson('details', row.details_sealed),
  };
}

/** The words of whoever cancelled or declined, if there were any. */
export function closingWords({ row, vault }: OpenSession): string | undefined {
  return row.closing_words_sealed ? vault.openJson<string>('closing_words', row.closing_words_sealed) : undefined;
}
