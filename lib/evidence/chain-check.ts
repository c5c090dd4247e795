import { chainStart, linkHash } from './event-chain.ts';
import { areSameBytes } from './log/same-bytes.ts';

/** An event's place as it is kept. Instants are compared by their milliseconds, hashes are 32 bytes. */
type KeptLink = {
  sessionId: string;
  sequence: number;
  occurredAt: Date;
  contentHash: Uint8Array;
  prevHash: Uint8Array;
  hash: Uint8Array;
};

/**
 * Takes the links of any number of sessions, one session after the other and each from its first event on, and says of every link
 * whether it follows from the one before: number, instant and hash. Whether an event says what its content hash says needs its
 * session's key, and is for whoever verifies the session's dossier.
 */
export function chainCheck(): (link: KeptLink) => boolean {
  let sessionId: string | undefined;
  let previous: Uint8Array = chainStart;
  let sequence = 0;
  let instantMs = Number.NEGATIVE_INFINITY;
  return (link) => {
    if (link.sessionId !== sessionId) {
      sessionId = link.sessionId;
      previous = chainStart;
      sequence = 0;
      instantMs = Number.NEGATIVE_INFINITY;
    }
    const { contentHash: content, occurredAt } = link;
    const expected = linkHash({ previous, content, sequence: sequence + 1, occurredAt: occurredAt.toISOString() });
    const isRight =
      link.sequence === sequence + 1 &&
      occurredAt.getTime() >= instantMs &&
      areSameBytes(link.prevHash, previous) &&
      areSameBytes(link.hash, expected);
    previous = link.hash;
    sequence = link.sequence;
    instantMs = occurredAt.getTime();
    return isRight;
  };
}
