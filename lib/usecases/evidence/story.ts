import type { Tx } from '#lib/db/database.ts';
import { type EventRow, listEvents } from '#lib/db/events.ts';
import { type EventType, isClosing, isOutcome, movesDelivery } from '#lib/domain/event-type.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Actor } from '#lib/domain/session-state.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { PrivateEventFacts } from '../events.ts';
import type { OpenSession } from '../open-session.ts';

/** One event of a session, with its seals broken and its place in the chain. */
export type StoryEvent = {
  sequence: number;
  type: EventType;
  actor: Actor;
  actorId?: string;
  requestId?: string;
  occurredAt: Date;
  data: Record<string, string | number | boolean>;
  private?: PrivateEventFacts;
  salt: Buffer;
  prevHash: Buffer;
  hash: Buffer;
};

/** A session's events from the first to the last that matters; `isSettled` when nothing that is still to come can change what they prove. */
export type Story = { place: SessionPlace; events: StoryEvent[]; isSettled: boolean };

/** All that happened to a session so far. */
export async function readStory(tx: Tx, session: OpenSession): Promise<Story> {
  const rows = await listEvents(tx, session.place.workspaceId, session.place.sessionId);
  const { isSettled } = endOf(rows.map(({ type }) => type));
  return { place: session.place, events: rows.map((row) => storyEvent(session, row)), isSettled };
}

/**
 * The part of a story that a dossier tells: until its end, and nothing of what people did with the record afterwards. Whoever asks again
 * gets the same part, however many have looked in between.
 */
export function untilTheEnd({ events, ...story }: Story): Story {
  const { last } = endOf(events.map(({ type }) => type));
  return { ...story, events: events.slice(0, last + 1) };
}

function endOf(types: readonly EventType[]): { last: number; isSettled: boolean } {
  const end = types.findIndex(isClosing);
  // After an acceptance the lender still has to answer; whatever else moves the delivery says that its last word is still to come.
  if (end >= 0 && types[end] !== 'accepted') return { last: end, isSettled: true };
  const moved = types.findLastIndex(movesDelivery);
  const outcome = types[moved];
  if (outcome && isOutcome(outcome)) return { last: moved, isSettled: true };
  return { last: types.length - 1, isSettled: false };
}

/** Of an event whose session was erased, so that what it said can never be guessed. */
const noSalt = Buffer.alloc(0);

function storyEvent({ vault }: OpenSession, row: EventRow): StoryEvent {
  return {
    sequence: row.sequence,
    type: row.type,
    actor: row.actor,
    occurredAt: row.occurred_at,
    data: row.data,
    ...withoutAbsent({ actorId: row.actor_id, requestId: row.request_id }),
    ...(row.private_sealed && { private: vault.openJson<PrivateEventFacts>('event', row.private_sealed) }),
    salt: row.salt ?? (row.salt_sealed ? vault.open('event_salt', row.salt_sealed) : noSalt),
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}
