import type { SearchField } from '#lib/domain/search-values.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Tx } from './database.ts';

const insert = {
  name: 'insert_signer_details',
  text: "INSERT INTO signer_details (session_id, version, workspace_id, set_by, details_sealed) VALUES ($1, $2, $3, 'signer', $4)",
};

export async function insertSignerDetails(
  tx: Tx,
  place: SessionPlace,
  version: number,
  detailsSealed: Buffer,
): Promise<void> {
  await tx.rows(insert, [place.sessionId, version, place.workspaceId, detailsSealed]);
}

const index = {
  name: 'insert_blind_indexes',
  text: `INSERT INTO blind_indexes (session_id, workspace_id, field, digest)
    SELECT $1, $2, field, digest FROM unnest($3::text[], $4::bytea[]) AS entry (field, digest) ON CONFLICT DO NOTHING`,
};

/** Makes values findable by their keyed hashes; the same value twice is one entry. */
export async function insertBlindIndexes(
  tx: Tx,
  place: SessionPlace,
  entries: readonly { field: SearchField; digest: Buffer }[],
): Promise<void> {
  const [fields, digests] = [entries.map(({ field }) => field), entries.map(({ digest }) => digest)];
  await tx.rows(index, [place.sessionId, place.workspaceId, fields, digests]);
}

const save = {
  name: 'save_draft',
  text: `INSERT INTO drafts (session_id, workspace_id, draft_sealed) VALUES ($1, $2, $3)
    ON CONFLICT (session_id) DO UPDATE SET draft_sealed = excluded.draft_sealed, updated_at = aceite_now()`,
};

export async function saveDraft(tx: Tx, place: SessionPlace, draftSealed: Buffer): Promise<void> {
  await tx.rows(save, [place.sessionId, place.workspaceId, draftSealed]);
}

const remove = { name: 'delete_draft', text: 'DELETE FROM drafts WHERE workspace_id = $1 AND session_id = $2' };

/** Drafts are not evidence: they go when the details are saved or the session closes. */
export async function deleteDraft(tx: Tx, place: SessionPlace): Promise<void> {
  await tx.rows(remove, [place.workspaceId, place.sessionId]);
}

export type SignerDetailsRow = { version: number; set_by: 'merchant' | 'signer'; details_sealed: Buffer };

const list = {
  name: 'list_signer_details',
  text: `SELECT version, set_by, details_sealed FROM signer_details WHERE workspace_id = $1 AND session_id = $2 AND version <= $3
    ORDER BY version`,
};

/** The versions of a signer's details up to one of them, oldest first. */
export function listSignerDetails(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  upTo: number,
): Promise<SignerDetailsRow[]> {
  return tx.rows<SignerDetailsRow>(list, [workspaceId, sessionId, upTo]);
}

const readDraft = {
  name: 'read_draft',
  text: 'SELECT draft_sealed FROM drafts WHERE workspace_id = $1 AND session_id = $2',
};

/** What the signer of an open session has typed so far; undefined when nothing waits. */
export async function readDraftSealed(tx: Tx, place: SessionPlace): Promise<Buffer | undefined> {
  return (await tx.row<{ draft_sealed: Buffer }>(readDraft, [place.workspaceId, place.sessionId]))?.draft_sealed;
}
