import { codeWords } from '#lib/copy/certificate.ts';
import { fill } from '#lib/copy/language.ts';
import type { EvidenceEvent } from '#lib/schema/evidence.ts';
import { certificateMoment } from './certificate-moment.ts';
import type { RowWriter } from './certificate-rows.ts';

type Entry = { moment: string; event: string; actor: string };

/**
 * The session's story. The same thing done again and again without anything between is one entry with a count: a link opened a hundred
 * times tells a reader no more on a hundred lines. Who acted comes with the address where the evidence has one.
 */
export function timelineEntries(events: readonly EvidenceEvent[], write: RowWriter): Entry[] {
  return runsOf(events).map((run) => entryOf(run, write));
}

type Run = { first: EvidenceEvent; last: EvidenceEvent; count: number };

function runsOf(events: readonly EvidenceEvent[]): Run[] {
  const runs: Run[] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run && run.first.type === event.type && run.first.actor === event.actor) {
      run.last = event;
      run.count += 1;
    } else runs.push({ first: event, last: event, count: 1 });
  }
  return runs;
}

function entryOf({ first, last, count }: Run, { words, language, moment }: RowWriter): Entry {
  const name = codeWords(words.events, first.type);
  const time = certificateMoment(last.occurredAt, language).local;
  const actor = words.actors[first.actor];
  const ip = typeof first.data.ip === 'string' ? first.data.ip : undefined;
  return {
    moment: moment(first.occurredAt),
    event: count === 1 ? name : fill(words.repeated, { event: name, count, time }),
    actor: ip === undefined ? actor : `${actor}, ${ip}`,
  };
}
