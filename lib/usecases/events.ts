import { randomBytes } from 'node:crypto';
import type { Tx } from '#lib/db/database.ts';
import { countEvents, insertEvent, type NewEvent } from '#lib/db/events.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { type EventType, keptMax } from '#lib/domain/event-type.ts';
import type { Actor } from '#lib/domain/session-state.ts';
import { contentHash, partHash, saltBytes } from '#lib/evidence/event-chain.ts';
import type { LenderWords } from '#lib/providers/lender.ts';
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
  /** What the lender said, sealed: it may name the signer. */
  lenderWords?: LenderWords | undefined;
  /** The exact bytes of evidence that is kept elsewhere, by the names of `partName`: the event commits to them. */
  parts?: Record<string, Uint8Array>;
};

type Where = Pick<OpenSession, 'place' | 'vault'>;

/** Adds one entry to a session's story; of what a stranger can repeat without end, no more than `keptMax`. */
export async function recordEvent(tx: Tx, session: Where, happening: Happening): Promise<void> {
  const most = keptMax[happening.type];
  if (most === undefined) return insertEvent(tx, eventOf(session, happening));
  const kept = await countEvents(tx, { ...session.place, type: happening.type });
  if (kept >= most) return;
  const isLastKept = kept === most - 1 && { isLastKept: true };
  await insertEvent(tx, eventOf(session, { ...happening, data: { ...happening.data, ...isLastKept } }));
}

/** The entry as it will be written, for acts that write it together with other rows. */
export function eventOf({ place, vault }: Where, { type, actor, actorId, data = {}, ...more }: Happening): NewEvent {
  const salt = randomBytes(saltBytes);
  const { requestId, ...network } = more.request ?? { requestId: undefined };
  const hidden: PrivateEventFacts = {
    ...network,
    ...(more.words !== undefined && { words: more.words }),
    ...(more.lenderWords && { lenderWords: more.lenderWords }),
    ...(more.parts && { commits: commitsTo(salt, more.parts) }),
  };
  const isPrivate = Object.keys(hidden).length > 0;
  const named = { ...(actorId !== undefined && { actorId }), ...(requestId !== undefined && { requestId }) };
  const content = { type, actor, ...named, data, ...(isPrivate && { private: hidden }) };
  return {
    ...place,
    type,
    actor,
    ...named,
    data,
    ...(isPrivate && { privateSealed: vault.seal('event', Buffer.from(canonicalJson(hidden))) }),
    saltSealed: vault.seal('event_salt', salt),
    contentHash: Buffer.from(contentHash(salt, content)),
  };
}

function commitsTo(salt: Uint8Array, parts: Record<string, Uint8Array>): Record<string, string> {
  const hex = (bytes: Uint8Array) => Buffer.from(partHash(salt, bytes)).toString('hex');
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, hex(bytes)]));
}

/** What `private_sealed` of an event opens to. `commits` are the salted hashes of parts, in hexadecimal. */
export type PrivateEventFacts = Partial<Omit<RequestFacts, 'requestId'>> & {
  words?: string;
  lenderWords?: LenderWords;
  commits?: Record<string, string>;
};
