import type { Tx } from '#lib/db/database.ts';
import { findLogEntries } from '#lib/db/log.ts';
import { listStatements } from '#lib/db/log-statements.ts';
import { type EventType, isClosing, isOutcome } from '#lib/domain/event-type.ts';
import type { DossierProof } from '#lib/evidence/dossier/dossier-files.ts';
import { inclusionProof } from '#lib/evidence/log/tiles.ts';
import { logEntry } from '#lib/evidence/log-entry.ts';
import { logTileReader } from '../system/log-tile-reader.ts';
import type { SessionProof } from './session-proof.ts';
import type { Story } from './story.ts';

/**
 * The proof as a dossier shows it: the events that matter most and what was said in public about keys, texts and the build that rendered the
 * pages, each with its way up to the checkpoint.
 */
export async function dossierProof(
  tx: Tx,
  story: Story,
  { checkpoint, places, timeStamps, cosignatures }: SessionProof,
  build: string | undefined,
): Promise<DossierProof> {
  const read = logTileReader(tx);
  const withWay = async <T extends { index: number }>(entry: T) => ({
    ...entry,
    hashes: await inclusionProof(entry.index, checkpoint.size, read),
  });
  const events = provedSequences(story).map((sequence) => {
    const index = places.get(sequence);
    if (index === undefined) throw new Error('a proof does not know where an event of its story stands');
    return { sequence, index };
  });
  const statements = await coveredStatements(tx, checkpoint.size, build);
  // Asked for together, so that all the tiles come at once.
  const [provedEvents, provedStatements] = await Promise.all([
    Promise.all(events.map(withWay)),
    Promise.all(statements.map(withWay)),
  ]);
  return {
    checkpoint: checkpoint.note,
    cosignatures: cosignatures.map(({ line }) => line),
    timeStamps,
    events: provedEvents,
    statements: provedStatements,
  };
}

/** The beginning, the end, the lender's outcome, and the last event, whose hash holds all the others. */
function provedSequences({ events }: Story): number[] {
  const isMattering = (type: EventType) => type === 'created' || isClosing(type) || isOutcome(type);
  const last = events.at(-1);
  return events.filter((event) => event === last || isMattering(event.type)).map(({ sequence }) => sequence);
}

async function coveredStatements(tx: Tx, size: number, build: string | undefined) {
  // Every key ever used is told, but of many releases only the one that the signer saw.
  const said = (await listStatements(tx)).filter(
    ({ kind, content }) => kind !== 'release' || JSON.parse(content).build === build,
  );
  const entries = said.map(({ hash }) => Buffer.from(logEntry('statement', hash)));
  const found = await findLogEntries(tx, entries);
  return said
    .map(({ kind, content, hash }, at) => ({
      kind,
      content,
      hash: hash.toString('hex'),
      index: found.get(entries[at]?.toString('hex') ?? '') ?? size,
    }))
    .filter(({ index }) => index < size)
    .sort((one, other) => one.index - other.index);
}
