import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { Tx } from './database.ts';

/** What was typed into the one search box, read in every way in which it makes sense. */
export type SearchKeys = {
  sessionId: string | null;
  /** Order ids and debt keys are compared as they were given. */
  text: string;
  receiptCode: string | null;
  identityDigest: Buffer | null;
  emailDigest: Buffer | null;
  phoneDigest: Buffer | null;
  /** All of them have to be words of the name; none finds nothing. */
  nameDigests: readonly Buffer[];
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
        WHERE b.workspace_id = $1 AND (b.field, b.digest) IN (('identity', $5), ('email', $6), ('phone', $7))
      UNION SELECT s.id, s.created_at, s.status FROM
        (SELECT session_id FROM blind_indexes WHERE workspace_id = $1 AND field = 'name_word' AND digest = ANY ($8::bytea[])
          GROUP BY session_id HAVING count(*) = cardinality($8)) n
        JOIN signing_sessions s ON s.id = n.session_id AND s.workspace_id = $1) found
    WHERE $9::text IS NULL OR status = $9
    ORDER BY created_at DESC, id DESC LIMIT $10`,
};

/** Ids of the sessions that any of the keys names, newest first, in all statuses unless one is given. */
export async function searchSessions(
  tx: Tx,
  workspaceId: string,
  keys: SearchKeys,
  { status, limit }: { status: SessionStatus | undefined; limit: number },
): Promise<string[]> {
  const { sessionId, text, receiptCode, identityDigest, emailDigest, phoneDigest, nameDigests } = keys;
  const digests = [identityDigest, emailDigest, phoneDigest, nameDigests];
  const values = [workspaceId, sessionId, text, receiptCode, ...digests, status ?? null, limit];
  return (await tx.rows<{ id: string }>(search, values)).map(({ id }) => id);
}
