'use client';

import type { CopyLanguage } from '#lib/copy/language.ts';
import { Freshness } from './freshness.tsx';
import { type SessionRow, SessionTable } from './session-table.tsx';
import { useLive } from './use-live.ts';

type LiveSessionTableProps = {
  address: string;
  initial: { items: SessionRow[] };
  language: CopyLanguage;
  isFiltered: boolean;
};

/** The table of the page, kept up to date while somebody looks at it. */
export function LiveSessionTable({ address, initial, language, isFiltered }: LiveSessionTableProps) {
  const { data, asOf, isStale } = useLive(address, initial);
  return (
    <div className="space-y-2">
      <SessionTable rows={data.items} language={language} isFiltered={isFiltered} />
      <Freshness language={language} asOf={asOf} isStale={isStale} />
    </div>
  );
}
