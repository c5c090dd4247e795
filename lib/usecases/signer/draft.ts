import type { Tx } from '#lib/db/database.ts';
import { saveDraft } from '#lib/db/signer-details.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';
import type { OpenSession } from '../open-session.ts';

/** What a refused form leaves behind: what was typed and what was wrong with it. Sealed; deleted when the session closes. */
export type Draft = {
  details?: {
    typed: Partial<Record<DetailField, string>>;
    errors: Partial<Record<DetailField, { code: string; details?: Record<string, string | number> }>>;
  };
  review?: { unticked: ('agreeContract' | 'agreeMethod')[]; refusal?: string };
};

export function readDraft({ vault }: OpenSession, sealed: Buffer | null): Draft {
  return sealed ? vault.openJson<Draft>('draft', sealed) : {};
}

/** Longer typing than this is cut where it is kept, so that a hostile form cannot fill the database; no field of ours is longer. */
const typedCharactersMax = 500;

export function keepDraft(tx: Tx, { vault, place }: OpenSession, draft: Draft): Promise<void> {
  return saveDraft(tx, place, vault.sealJson('draft', draft));
}

export function cutTyped(text: string): string {
  // The cut may go through a character of two units.
  return text.slice(0, typedCharactersMax).toWellFormed();
}
