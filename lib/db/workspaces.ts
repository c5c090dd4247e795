import type { Database, Tx } from './database.ts';

export type WorkspaceRow = {
  id: string;
  name: string;
  merchant_legal_name: string;
  lender_legal_name: string;
  language: string;
  created_at: Date;
};

export type WorkspaceSettings = { name: string; merchantLegalName: string; lenderLegalName: string; language: string };

const findIds = { name: 'find_workspaces', text: 'SELECT workspace_id FROM find_workspaces()' };

/** The ids of all workspaces, oldest first; each is then read in a transaction of its own. */
export async function findWorkspaceIds(db: Database): Promise<string[]> {
  return (await db.door<{ workspace_id: string }>(findIds, [])).map((row) => row.workspace_id);
}

const columns = 'id, name, merchant_legal_name, lender_legal_name, language, created_at';

const read = { name: 'read_workspace', text: `SELECT ${columns} FROM workspaces WHERE id = $1` };

export function readWorkspaceRow(tx: Tx, id: string): Promise<WorkspaceRow | undefined> {
  return tx.row<WorkspaceRow>(read, [id]);
}

const anySession = {
  name: 'workspace_has_sessions',
  text: 'SELECT EXISTS (SELECT FROM signing_sessions WHERE workspace_id = $1) AS has_sessions',
};

/** True once anything was ever sealed for a session of the workspace: sessions are never deleted. */
export async function workspaceHasSessions(tx: Tx, id: string): Promise<boolean> {
  return (await tx.row<{ has_sessions: boolean }>(anySession, [id]))?.has_sessions === true;
}

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
    RETURNING ${columns}`,
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
