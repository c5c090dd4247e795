import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { Tx } from './database.ts';

/** What was typed into the one search box, read in every way in which it makes sense. */
export type SearchKeys = {
  sessionId: string | null;
  /** Order ids and debt keys are compared as they were given. */
  text: string;
  receiptCode: string | null;
  identityDigest: Buffer | null;
};

/** Each way is a question that an index of its own answers; a key that was not understood is null and finds nothing. */
const search = {
  name: 'search_sessions',
  text: `
    SELECT id FROM (
      SELECT id, created_at, status FROM signing_sessions WHERE workspace_id = $1 AND id = $2
      UNION SELECT id, created_at, status FROM signing_sessions WHERE workspace_id = $1 AND order_id = $3
      UNION SELECT id, created_at, status FROM signing_sessions WHERE workspace_id = $1 AND debt_key = $3
      UNION SELECT id, created_at, status FROM signing_sessions WHERE workspace_id = $1 AND receipt_code = $4
      UNION SELECT s.id, s.created_at, s.status FROM blind_indexes b
        JOIN signing_sessions s ON s.id = b.session_id AND s.workspace_id = b.workspace_id
        WHERE b.workspace_id = $1 AND b.field = 'identity' AND b.digest = $5) found
    WHERE $6::text IS NULL OR status = $6
    ORDER BY created_at DESC, id DESC LIMIT $7`,
};

/** Ids of the sessions that any of the keys names, newest first, in all statuses unless one is given. */
export async function searchSessions(
  tx: Tx,
  workspaceId: string,
  keys: SearchKeys,
  { status, limit }: { status: SessionStatus | undefined; limit: number },
): Promise<string[]> {
  const { sessionId, text, receiptCode, identityDigest } = keys;
  const values = [workspaceId, sessionId, text, receiptCode, identityDigest, status ?? null, limit];
  return (await tx.rows<{ id: string }>(search, values)).map(({ id }) => id);
}
