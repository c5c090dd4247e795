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

const columns = 'workspace_id, session_id, type, actor, actor_id, request_id, data, private_sealed';

const insert = {
  name: 'insert_event',
  text: `INSERT INTO events (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await tx.rows(insert, valuesOf(event));
}

const insertUpTo = {
  name: 'insert_event_up_to',
  text: `
    INSERT INTO events (${columns})
    SELECT $1, $2, $3, $4, $5, $6, $7::jsonb || CASE WHEN kept.count = $9 - 1 THEN '{"isLastKept": true}'::jsonb ELSE '{}' END, $8
    FROM (SELECT count(*)::integer AS count FROM events WHERE workspace_id = $1 AND session_id = $2 AND type = $3) kept
    WHERE kept.count < $9`,
};

/** Keeps at most `most` events of that type in a session; the last one carries `isLastKept`. The session is locked by the caller. */
export async function insertEventUpTo(tx: Tx, event: NewEvent, most: number): Promise<void> {
  await tx.rows(insertUpTo, [...valuesOf(event), most]);
}

function valuesOf(event: NewEvent): unknown[] {
  const { workspaceId, sessionId, type, actor, actorId, requestId, data, privateSealed } = event;
  return [workspaceId, sessionId, type, actor, actorId ?? null, requestId ?? null, data ?? {}, privateSealed ?? null];
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
