import type { AccessedFile, FileTaker } from '#lib/domain/custody.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Tx } from './database.ts';

export type NewFileAccess = SessionPlace & {
  /** Only a merchant has a key. */
  by: FileTaker;
  apiKeyId?: string | undefined;
  what: AccessedFile;
  requestId: string;
};

const note = {
  name: 'note_file_access',
  text: `INSERT INTO file_accesses AS a (workspace_id, session_id, actor, api_key_id, what, request_id, day, first_at, last_at)
    SELECT s.workspace_id, s.id, $3, $4, $5, $6, (t.moment AT TIME ZONE 'UTC')::date, t.moment, t.moment
    FROM signing_sessions s, (SELECT aceite_now()::timestamptz(3) AS moment) t
    WHERE s.workspace_id = $1 AND s.id = $2 AND (s.erased_at IS NULL OR $5 = 'evidence')
    ON CONFLICT (session_id, actor, api_key_id, what, day)
      DO UPDATE SET count = a.count + 1, last_at = greatest(a.last_at, excluded.last_at)
    RETURNING position`,
};

/**
 * Counts that somebody is about to be given a file. False when the workspace has no such session, or of an erased one no such file. Not for
 * a transaction that sees one moment: two who ask at once count on the same row.
 */
export async function noteFileAccess(tx: Tx, access: NewFileAccess): Promise<boolean> {
  const { workspaceId, sessionId, by, apiKeyId, what, requestId } = access;
  return (await tx.row(note, [workspaceId, sessionId, by, apiKeyId ?? null, what, requestId])) !== undefined;
}
