import type { Tx } from './database.ts';

/** What was typed into the one search box, read in every way in which it makes sense. */
export type SearchKeys = {
  sessionId: string | null;
  /** Order ids and debt keys are compared as they were given. */
  text: string;
  receiptCode: string | null;
  identityDigest: Buffer | null;
};

const search = {
  name: 'search_sessions',
  text: `
    SELECT id FROM (
      SELECT id, created_at FROM signing_sessions WHERE workspace_id = $1 AND id = $2
      UNION SELECT id, created_at FROM signing_sessions WHERE workspace_id = $1 AND order_id = $3
      UNION SELECT id, created_at FROM signing_sessions WHERE workspace_id = $1 AND debt_key = $3
      UNION SELECT id, created_at FROM signing_sessions WHERE workspace_id = $1 AND receipt_code = $4
      UNION SELECT s.id, s.created_at FROM blind_indexes b JOIN signing_sessions s ON s.id = b.session_id
        WHERE b.workspace_id = $1 AND b.field = 'identity' AND b.digest = $5) found
    ORDER BY created_at DESC, id DESC LIMIT $6`,
};

/** Ids of the sessions that any of the keys names, newest first. */
export async function searchSessions(tx: Tx, workspaceId: string, keys: SearchKeys, limit: number): Promise<string[]> {
  const values = [workspaceId, keys.sessionId, keys.text, keys.receiptCode, keys.identityDigest, limit];
  return (await tx.rows<{ id: string }>(search, values)).map(({ id }) => id);
}
