import type { Tx } from './database.ts';

export type WorkspaceRow = {
  id: string;
  name: string;
  merchant_legal_name: string;
  lender_legal_name: string;
  language: string;
  created_at: Date;
};

export type WorkspaceSettings = { name: string; merchantLegalName: string; lenderLegalName: string; language: string };

const insert = {
  name: 'insert_workspace',
  text: `INSERT INTO workspaces (id, name, merchant_legal_name, lender_legal_name, language) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING RETURNING id`,
};

/** Makes a workspace; false when one of that name exists. */
export async function insertWorkspace(tx: Tx, id: string, w: WorkspaceSettings): Promise<boolean> {
  return (await tx.row(insert, [id, w.name, w.merchantLegalName, w.lenderLegalName, w.language])) !== undefined;
}

const update = {
  name: 'update_workspace',
  text: `UPDATE workspaces SET name = coalesce($2, name), merchant_legal_name = coalesce($3, merchant_legal_name),
    lender_legal_name = coalesce($4, lender_legal_name), language = coalesce($5, language) WHERE id = $1
    RETURNING id, name, merchant_legal_name, lender_legal_name, language, created_at`,
};

/** Changes what is given, leaves the rest; undefined when there is no such workspace. */
export function updateWorkspace(tx: Tx, id: string, w: Partial<WorkspaceSettings>): Promise<WorkspaceRow | undefined> {
  return tx.row<WorkspaceRow>(update, [
    id,
    w.name ?? null,
    w.merchantLegalName ?? null,
    w.lenderLegalName ?? null,
    w.language ?? null,
  ]);
}
