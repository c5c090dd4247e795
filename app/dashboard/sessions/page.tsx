import { redirect } from 'next/navigation';
import NotFound from '#app/not-found.tsx';
import { DrillLine } from '#components/dashboard/drill-line.tsx';
import { listAddress } from '#components/dashboard/list-address.ts';
import { ListFilters } from '#components/dashboard/list-filters.tsx';
import { LiveSessionTable } from '#components/dashboard/live-session-table.tsx';
import { LogLine } from '#components/dashboard/log-line.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import { paths } from '#lib/paths.ts';
import { listStaffSessions } from '#lib/usecases/staff/list-sessions.ts';
import { readLastDrill } from '#lib/usecases/staff/read-last-drill.ts';
import { readLogTrouble } from '#lib/usecases/staff/read-log-trouble.ts';
import { typedSearch } from '#lib/usecases/staff/typed-search.ts';
import { readListQuery } from '../list-query.ts';
import { staffPage } from '../staff-page.tsx';

type SessionsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function SessionsPage({ searchParams }: SessionsPageProps) {
  return staffPage((page) => showSessions(page, searchParams));
}

async function showSessions({ program, staff, language }: StaffPage, searchParams: SessionsPageProps['searchParams']) {
  const question = readListQuery(await searchParams);
  const result = await listStaffSessions(program, staff, question);
  if (!result.ok) {
    setStatus(404);
    return <NotFound />;
  }
  const [only, ...others] = result.list.items;
  // Pasting a key of one session jumps to it.
  const typed = typedSearch(program, staff, question);
  if (typed !== '' && only && others.length === 0 && question.status === undefined)
    redirect(paths.dashboardSession(only.id));
  const [drill, log] = await Promise.all([readLastDrill(program, staff), readLogTrouble(program, staff)]);
  const { title } = dashboardCopy[language].list;
  return (
    <StaffShell language={language} area="sessions" title={title} staff={staff}>
      <h1 className="mb-5">{title}</h1>
      {log.ok && log.trouble && (
        <div className="mb-5">
          <LogLine language={language} trouble={log.trouble} />
        </div>
      )}
      <ListFilters language={language} question={question} typed={typed} />
      <div className="mt-5">
        <LiveSessionTable key={listAddress(question)} question={question} initial={result.list} language={language} />
      </div>
      <div className="mt-5">{drill.ok && <DrillLine language={language} drill={drill.drill} />}</div>
    </StaffShell>
  );
}
