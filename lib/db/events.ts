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
  data: Record<string, string | number | boolean>;
  /** JSON, sealed under field `event`. */
  privateSealed?: Buffer;
  /** Sealed under field `event_salt`. */
  saltSealed: Buffer;
  /** Of all that is said above, with that salt; the database adds the place in the chain. */
  contentHash: Buffer;
};

/** The columns that a new event fills, in the order of `eventValues`. */
export const eventColumns =
  'workspace_id, session_id, type, actor, actor_id, request_id, data, private_sealed, salt_sealed, content_hash';

const insert = {
  name: 'insert_event',
  text: `INSERT INTO events (${eventColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};

export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await tx.rows(insert, eventValues(event));
}

const count = {
  name: 'count_events',
  text: 'SELECT count(*)::integer AS kept FROM events WHERE workspace_id = $1 AND session_id = $2 AND type = $3',
};

/** How many events of that type a session has. Counts on it only who holds the session's lock. */
export async function countEvents(
  tx: Tx,
  place: Pick<NewEvent, 'workspaceId' | 'sessionId' | 'type'>,
): Promise<number> {
  const row = await tx.row<{ kept: number }>(count, [place.workspaceId, place.sessionId, place.type]);
  return row?.kept ?? 0;
}

export function eventValues(event: NewEvent): unknown[] {
  const { workspaceId, sessionId, type, actor, actorId, requestId, data, privateSealed, saltSealed, contentHash } =
    event;
  const optional = [actorId ?? null, requestId ?? null, data, privateSealed ?? null];
  return [workspaceId, sessionId, type, actor, ...optional, saltSealed, contentHash];
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
  sequence: number;
  /** At most one of the two: events that the database makes by itself name nobody, and their salt lies open; after erasing there is neither. */
  salt_sealed: Buffer | null;
  salt: Buffer | null;
  content_hash: Buffer;
  prev_hash: Buffer;
  hash: Buffer;
};

const list = {
  name: 'list_events',
  text: `SELECT position, type, actor, actor_id, request_id, occurred_at, data, private_sealed, sequence, salt_sealed, salt, content_hash,
      prev_hash, hash
    FROM events WHERE workspace_id = $1 AND session_id = $2 ORDER BY sequence`,
};

/** The story of a session, oldest first. */
export function listEvents(tx: Tx, workspaceId: string, sessionId: string): Promise<EventRow[]> {
  return tx.rows<EventRow>(list, [workspaceId, sessionId]);
}
