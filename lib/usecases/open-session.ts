import type { AnySessionRow, ErasedRow, SessionRow } from '#lib/db/sessions.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { UseCaseContext } from './context.ts';

/** The merchant's words about the contract, sealed beside its text. */
export type ContractFacts = { title: string; version?: string; summary: { label: string; value: string }[] };

/** A session with its seals broken: what use cases reason about. */
export type OpenSession = {
  row: SessionRow;
  place: SessionPlace;
  vault: SessionVault;
  facts: ContractFacts;
  details: KeptDetails;
  /** Only of a skeleton: what was sealed is gone, and by which rule. */
  erased?: { at: Date; class: ErasedRow['erased_class']; rule: ErasedRow['erased_rule'] };
};

export function openSession(ctx: Pick<UseCaseContext, 'keys'>, row: SessionRow): OpenSession {
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

/** A session of a list: opened, or what is left of an erased one. */
export function openAny(ctx: UseCaseContext, row: AnySessionRow): OpenSession {
  return row.erased_at === null ? openSession(ctx, row) : skeletonOf(row);
}

/** An erased session for those who show sessions: without facts or details, and with a vault in which nothing lies. */
export function skeletonOf(row: ErasedRow): OpenSession {
  const nothing = Buffer.alloc(0);
  const gone = { wrapping_key_id: '', wrapped_key: nothing, facts_sealed: nothing, details_sealed: nothing };
  const uncounted = { display_sha256: nothing, sha3_256: nothing, character_count: 0 };
  return {
    row: { ...row, ...gone, ...uncounted },
    place: { workspaceId: row.workspace_id, sessionId: row.id },
    vault: { seal: refuse, open: refuse, sealJson: refuse, openJson: refuse },
    facts: { title: '', summary: [] },
    details: {},
    erased: { at: row.erased_at, class: row.erased_class, rule: row.erased_rule },
  };
}

function refuse(): never {
  throw new Error('an erased session neither opens nor takes anything');
}

/** The words of whoever cancelled or declined, if there were any. */
export function closingWords({ row, vault }: OpenSession): string | undefined {
  return row.closing_words_sealed ? vault.openJson<string>('closing_words', row.closing_words_sealed) : undefined;
}
