import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '#lib/domain/canonical-json.ts';

/**
 * How the story of a session is chained. Every event is hashed with a salt of its own, so that its hash tells nothing to whom it is shown,
 * and with the hash of the event before it. The hash of an event is what the public log commits to.
 *
 * The words in front keep a hash made for one purpose from ever meaning something in another.
 */
const labels = { content: 'aceite-event-v1\n', link: 'aceite-chain-v1\n', part: 'aceite-part-v1\n' } as const;

export const saltBytes = 32;

/** What an event says. `private` is sealed in the database; of `commits`, see `partHash`. */
export type EventContent = {
  type: string;
  actor: string;
  actorId?: string;
  requestId?: string;
  data: Record<string, string | number | boolean>;
  private?: Record<string, unknown>;
};

/** SHA-256 over the salt and the canonical JSON (RFC 8785) of what the event says. */
export function contentHash(salt: Uint8Array, content: EventContent): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(labels.content), salt, utf8ToBytes(canonicalJson(content))));
}

/** The commitment of an event to bytes that are kept elsewhere (contract, details, acceptance, lender's reply). Salted: a telephone number is soon guessed. */
export function partHash(salt: Uint8Array, bytes: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(labels.part), salt, bytes));
}

/** What the first event of a session follows. */
export const chainStart = new Uint8Array(32);

/**
 * The hash of an event in its session's chain. The database makes the same one when the event is written (migration 0008): only it knows
 * the instant and the place. `occurredAt` is RFC 3339 in UTC with milliseconds.
 */
export function linkHash(link: {
  previous: Uint8Array;
  content: Uint8Array;
  sequence: number;
  occurredAt: string;
}): Uint8Array {
  const place = utf8ToBytes(`${link.sequence}|${link.occurredAt}`);
  return sha256(concatBytes(utf8ToBytes(labels.link), link.previous, link.content, place));
}
