import type { Tx } from '#lib/db/database.ts';
import { insertEvent, insertEventUpTo, type NewEvent } from '#lib/db/events.ts';
import { type EventType, keptMax } from '#lib/domain/event-type.ts';
import type { Actor } from '#lib/domain/session-state.ts';
import type { RequestFacts } from './context.ts';
import type { OpenSession } from './open-session.ts';

type Happening = {
  type: EventType;
  actor: Actor;
  actorId?: string;
  /** Nothing personal: ids, versions, hashes, codes. */
  data?: Record<string, string | number | boolean>;
  /** Present for acts of a person or a merchant's server: whence it came is kept, sealed. */
  request?: RequestFacts;
  /** Free words of a person, sealed. */
  words?: string;
};

/** Adds one entry to a session's story; of what a stranger can repeat without end, no more than `keptMax`. */
export function recordEvent(
  tx: Tx,
  session: Pick<OpenSession, 'place' | 'vault'>,
  happening: Happening,
): Promise<void> {
  const event = eventOf(session, happening);
  const most = keptMax[event.type];
  return most === undefined ? insertEvent(tx, event) : insertEventUpTo(tx, event, most);
}

/** The entry as it will be written, for acts that write it together with other rows. */
export function eventOf({ place, vault }: Pick<OpenSession, 'place' | 'vault'>, happening: Happening): NewEvent {
  const { type, actor, actorId, data, request, words } = happening;
  const { requestId, ...network } = request ?? { requestId: undefined };
  const isPrivate = request !== undefined || words !== undefined;
  return {
    ...place,
    type,
    actor,
    ...(actorId !== undefined && { actorId }),
    ...(requestId !== undefined && { requestId }),
    ...(data && { data }),
    ...(isPrivate && { privateSealed: vault.sealJson('event', { ...network, ...(words !== undefined && { words }) }) }),
  };
}

/** What `private_sealed` of an event opens to. */
export type PrivateEventFacts = Partial<Omit<RequestFacts, 'requestId'>> & { words?: string };
