import { type FixedProof, fixedProof } from '#lib/db/certificates.ts';
import type { Tx } from '#lib/db/database.ts';
import { findLogEntries } from '#lib/db/log.ts';
import type { CheckpointRow } from '#lib/db/log-checkpoints.ts';
import { listCosignatures } from '#lib/db/log-cosignatures.ts';
import { listTimeStamps, type TimeStampRow } from '#lib/db/log-time-stamps.ts';
import { eventEntry } from '#lib/evidence/log-entry.ts';
import type { UseCaseContext } from '../context.ts';
import { type KnownCheckpoints, knownCheckpoints } from '../system/known-checkpoints.ts';
import type { Story } from './story.ts';

/** A checkpoint of the log that covers every event of a story. */
export type SessionProof = {
  checkpoint: CheckpointRow;
  /** Where in the log the events of the story stand, by their sequence. */
  places: ReadonlyMap<number, number>;
  timeStamps: TimeStampRow[];
  /** The lines that witnesses added to its note. */
  cosignatures: { witness: string; line: string }[];
  /** Whether as many strangers have stamped the checkpoint as are asked to. */
  isStamped: boolean;
  /** Whose stamps are still awaited, by the authorities' names; none once it is stamped. */
  pendingAuthorities: string[];
};

/** One authority may err, lie or be gone in ten years; of two, both would have to. A third proves nothing that two do not. */
const stampsMax = 2;

/** So many stamps make a proof whole: of every authority that is asked, up to `stampsMax`. */
export const stampsNeeded = ({ timeStampAuthorities }: Pick<UseCaseContext, 'timeStampAuthorities'>): number =>
  Math.min(stampsMax, timeStampAuthorities.length);

/**
 * The proof of a story: by the first checkpoint that covers it and bears all its time stamps, and until there is one, by the first that
 * bears the most so far, be it none. Undefined while the log has not taken in every event, or nobody has signed it.
 */
export async function readProof(
  ctx: Pick<UseCaseContext, 'timeStampAuthorities' | 'logKeys'>,
  tx: Tx,
  story: Story,
): Promise<SessionProof | undefined> {
  const places = await placesOf(tx, story);
  if (places.size === 0 || places.size < story.events.length) return undefined;
  // Usually the last event's; but two processes that write at once may be taken in the other way round.
  const last = Math.max(...places.values());
  const known = knownCheckpoints(ctx, tx);
  const over = (stamps: number) => known.over(last, stamps);
  const fixed = await readFixed(tx, known, story);
  const stamped = fixed?.checkpoint ?? (await over(stampsNeeded(ctx)));
  const checkpoint = stamped ?? (await mostStamped(over, stampsNeeded(ctx) - 1));
  if (!checkpoint) return undefined;
  const isFixed = (names: readonly string[] | null | undefined, name: string) => names?.includes(name) ?? true;
  const timeStamps = (await listTimeStamps(tx, checkpoint.size)).filter(({ authority }) =>
    isFixed(fixed?.stampedBy, authority),
  );
  const cosignatures = (await listCosignatures(tx, checkpoint.size)).filter(({ witness }) =>
    isFixed(fixed?.cosignedBy, witness),
  );
  const names = stamped ? [] : ctx.timeStampAuthorities.map(({ name }) => name);
  const pendingAuthorities = names.filter((name) => timeStamps.every(({ authority }) => authority !== name));
  return { checkpoint, places, timeStamps, cosignatures, isStamped: stamped !== undefined, pendingAuthorities };
}

/** In production not every checkpoint is stamped: where an authority is away, the other one's word stands under a later one. */
async function mostStamped(
  over: (stamps: number) => Promise<CheckpointRow | undefined>,
  stampsMost: number,
): Promise<CheckpointRow | undefined> {
  for (let stamps = stampsMost; stamps >= 0; stamps -= 1) {
    const checkpoint = await over(stamps);
    if (checkpoint) return checkpoint;
  }
  return undefined;
}

/**
 * What was chosen when the certificate was made: stamps and lines that come later must not change a proof. A choice that names a checkpoint of
 * no known key was not the portal's, and counts for nothing.
 */
async function readFixed(
  tx: Tx,
  known: KnownCheckpoints,
  { place, events, isSettled }: Story,
): Promise<(FixedProof & { checkpoint: CheckpointRow }) | undefined> {
  const last = events.at(-1);
  const fixed = isSettled && last ? await fixedProof(tx, place, last.hash) : undefined;
  const checkpoint = fixed && (await known.at(fixed.checkpointSize));
  return checkpoint && { ...fixed, checkpoint };
}

async function placesOf(tx: Tx, { events }: Story): Promise<ReadonlyMap<number, number>> {
  const entries = events.map((event) => ({ sequence: event.sequence, entry: eventEntry(event) }));
  const found = await findLogEntries(
    tx,
    entries.map(({ entry }) => entry),
  );
  return new Map(
    entries.flatMap(({ sequence, entry }) => {
      const index = found.get(Buffer.from(entry).toString('hex'));
      return index === undefined ? [] : [[sequence, index] as const];
    }),
  );
}
