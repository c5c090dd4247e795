import type { Tx } from '#lib/db/database.ts';
import { insertEvent, type NewEvent } from '#lib/db/events.ts';
import type { EventType } from '#lib/domain/event-type.ts';
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

/** Adds one entry to a session's story. */
export function recordEvent(
  tx: Tx,
  session: Pick<OpenSession, 'place' | 'vault'>,
  happening: Happening,
): Promise<void> {
  return insertEvent(tx, eventOf(session, happening));
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
