import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { eventName } from '#lib/copy/dashboard-terms.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import type { Actor } from '#lib/domain/session-state.ts';
import { Moment } from './moment.tsx';

export type TimelineEntry = { at: string; actor: Actor; type: string; data: Record<string, string | number | boolean> };

/** The story of a session, oldest first, as one reads it. */
export function Timeline({ entries, language }: { entries: readonly TimelineEntry[]; language: CopyLanguage }) {
  const { actor: actors } = dashboardCopy[language];
  return (
    <ol className="border-line border-l-2">
      {entries.map(({ at, actor, type, data }, index) => (
        <li
          key={keyOf(index, at)}
          className="relative py-2 pl-5 before:absolute before:top-4 before:-left-[5px] before:size-2 before:rounded-full before:bg-accent"
        >
          <p className="font-medium">
            {eventName(language, type)} <span className="font-normal text-ink-soft text-sm">· {actors[actor]}</span>
          </p>
          <p className="text-ink-soft text-sm">
            <Moment at={at} language={language} />
          </p>
          {Object.keys(data).length > 0 && (
            <p className="text-ink-soft text-sm [overflow-wrap:anywhere]">
              {Object.entries(data)
                .map(([name, value]) => `${name}: ${value}`)
                .join(' · ')}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

/** A story only grows at its end, so an entry's place in it never changes; two entries can share an instant. */
function keyOf(place: number, at: string): string {
  return `${place} ${at}`;
}
