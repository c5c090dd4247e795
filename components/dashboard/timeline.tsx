import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { factLines } from '#lib/copy/dashboard-facts.ts';
import { eventName } from '#lib/copy/dashboard-terms.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import type { StoryEntry } from '#lib/schema/staff-session.ts';
import { Moment } from './moment.tsx';

type TimelineProps = { entries: readonly StoryEntry[]; language: StaffLanguage };

/** The story of a session, oldest first, as one reads it. */
export function Timeline({ entries, language }: TimelineProps) {
  return (
    <ol className="border-line border-l-2">
      {entries.map((entry) => (
        <li
          key={entry.key}
          className="relative py-2 pl-5 before:absolute before:top-4 before:-left-[5px] before:size-2 before:rounded-full before:bg-accent"
        >
          <Entry entry={entry} language={language} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ entry, language }: { entry: StoryEntry; language: StaffLanguage }) {
  const { actor: actors, story } = dashboardCopy[language];
  const { at, actor, who, type, words, facts, network, repeats } = entry;
  const lines = factLines(language, facts);
  return (
    <>
      <p className="font-medium">
        {eventName(language, type)}{' '}
        <span className="font-normal text-ink-soft text-sm">
          · {actors[actor]}
          {who !== undefined && `, ${who}`}
        </span>
      </p>
      <p className="text-ink-soft text-sm">
        <Moment at={at} language={language} />
      </p>
      {repeats && (
        <p className="text-ink-soft text-sm">
          {fill(story.repeats, { count: repeats.count })} <Moment at={repeats.lastAt} language={language} />
        </p>
      )}
      {words !== undefined && (
        <blockquote className="my-1 whitespace-pre-line border-line border-l-4 pl-3 [overflow-wrap:anywhere]">
          {words}
        </blockquote>
      )}
      {lines.length > 0 && <p className="text-ink-soft text-sm [overflow-wrap:anywhere]">{lines.join(' · ')}</p>}
      {network && <p className="text-ink-soft text-sm [overflow-wrap:anywhere]">{originOf(network, language)}</p>}
    </>
  );
}

function originOf({ ip, sourcePort, ipTrust }: NonNullable<StoryEntry['network']>, language: StaffLanguage): string {
  const { story } = dashboardCopy[language];
  // The command line on the server itself has no address, and that is all there is to say.
  if (ip === undefined && ipTrust === 'direct') return story.noAddress;
  const address = ip === undefined ? story.noAddress : fill(story.address, { ip });
  const port = sourcePort === undefined ? [] : [fill(story.port, { port: sourcePort })];
  return [address, ...port, story.ipTrust[ipTrust]].join(' · ');
}
