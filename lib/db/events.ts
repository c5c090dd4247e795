import type { EventType } from '#lib/domain/event-type.ts';
import type { Actor } from '#lib/domain/session-state.ts';
import type { Tx } from './database.ts';

export type NewEvent = {
  workspaceId: string;
  sessionId: string;
  type: EventType;
  actor: Actor;
  actorId?: string;
  requestId?: string;
  /** Nothing personal. */
  data?: Record<string, string | number | boolean>;
  /** JSON, sealed under field `event`. */
  privateSealed?: Buffer;
};

const insert = {
  name: 'insert_event',
  text: `INSERT INTO events (workspace_id, session_id, type, actor, actor_id, request_id, data, private_sealed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await tx.rows(insert, [
    event.workspaceId,
    event.sessionId,
    event.type,
    event.actor,
    event.actorId ?? null,
    event.requestId ?? null,
    event.data ?? {},
    event.privateSealed ?? null,
  ]);
}

export type EventRow = {
  position: string;
  type: EventType;
  actor: Actor;
  actor_id: string | null;
  request_id: string | null;
  occurred_at: Date;
  data: Record<string, string | number | boolean>;
  private_sealed: Buffer | null;
};

const list = {
  name: 'list_events',
  text: `SELECT position, type, actor, actor_id, request_id, occurred_at, data, private_sealed FROM events
    WHERE workspace_id = $1 AND session_id = $2 ORDER BY position`,
};

/** The story of a session, oldest first. */
export function listEvents(tx: Tx, workspaceId: string, sessionId: string): Promise<EventRow[]> {
  return tx.rows<EventRow>(list, [workspaceId, sessionId]);
}
