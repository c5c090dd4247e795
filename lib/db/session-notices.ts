import type { NoticeEffect } from '#lib/domain/lender-notice.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Tx } from './database.ts';

export type SessionNoticeRow = {
  id: string;
  received_at: Date;
  state: string;
  event_datetime: string | null;
  effect: NoticeEffect | null;
};

const list = {
  name: 'list_session_notices',
  text: `SELECT n.id, n.received_at, n.state, n.event_datetime, w.effect
    FROM lender_notices n JOIN lender_notice_work w ON w.notice_id = n.id
    WHERE n.workspace_id = $1 AND n.session_id = $2 ORDER BY n.received_at DESC, n.id DESC LIMIT $3`,
};

/** The notices about a session, newest first. */
export function listSessionNotices(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  howMany: number,
): Promise<SessionNoticeRow[]> {
  return tx.rows<SessionNoticeRow>(list, [workspaceId, sessionId, howMany]);
}
