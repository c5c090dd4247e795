'use client';

import { ButtonLink } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import type { StaffSessionList } from '#lib/schema/staff-session.ts';
import { Freshness } from './freshness.tsx';
import { type ListQuestion, listAddress, listDataAddress } from './list-address.ts';
import { SessionTable } from './session-table.tsx';
import { useLive } from './use-live.ts';

type LiveSessionTableProps = { question: ListQuestion; initial: StaffSessionList; language: StaffLanguage };

/** The table of the page and the ways to its neighbours, kept up to date while somebody looks at them. */
export function LiveSessionTable({ question, initial, language }: LiveSessionTableProps) {
  const { data, isStale } = useLive(listDataAddress(question), initial);
  const { list } = dashboardCopy[language];
  return (
    <div className="space-y-3">
      {data.isCut && <Notice tone="info">{fill(list.cut, { count: data.items.length })}</Notice>}
      <SessionTable rows={data.items} language={language} isFiltered={Object.keys(question).length > 0} />
      <Freshness language={language} at={data.now} isStale={isStale} />
      <Neighbours question={question} list={data} language={language} />
    </div>
  );
}

function Neighbours({
  question: { status },
  list: { newerCursor, olderCursor },
  language,
}: {
  question: ListQuestion;
  list: StaffSessionList;
  language: StaffLanguage;
}) {
  const { list } = dashboardCopy[language];
  if (newerCursor === null && olderCursor === null) return null;
  const filter = status && { status };
  return (
    <nav className="flex flex-wrap gap-3" aria-label={list.pages}>
      {newerCursor !== null && (
        <ButtonLink kind="secondary" rel="prev" href={listAddress({ ...filter, after: newerCursor })}>
          {list.newer}
        </ButtonLink>
      )}
      {olderCursor !== null && (
        <ButtonLink kind="secondary" rel="next" href={listAddress({ ...filter, before: olderCursor })}>
          {list.older}
        </ButtonLink>
      )}
    </nav>
  );
}
