import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { ListFilters } from '#components/dashboard/list-filters.tsx';
import { LiveSessionTable } from '#components/dashboard/live-session-table.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { enterStaffPage } from '#lib/auth/staff-door.ts';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { paths } from '#lib/paths.ts';
import { listStaffSessions } from '#lib/usecases/staff/list-sessions.ts';
import { type ListQuestion, readListQuery } from '../list-query.ts';

type SessionsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SessionsPage({ searchParams }: SessionsPageProps) {
  await connection();
  const { program, staff, language } = await enterStaffPage();
  const question = readListQuery(await searchParams);
  const list = await listStaffSessions(program, staff, question);
  if (!list.ok) notFound();
  const [only, ...others] = list.items;
  // Pasting a key of one session jumps to it.
  if (question.q !== undefined && only && others.length === 0 && question.status === undefined)
    redirect(paths.dashboardSession(only.id));
  const { title, older, first } = dashboardCopy[language].list;
  return (
    <StaffShell language={language} title={title} staff={staff}>
      <h1 className="mb-5">{title}</h1>
      <ListFilters language={language} q={question.q} status={question.status} />
      <div className="mt-5">
        <LiveSessionTable
          key={queryOf(question)}
          address={`${paths.dashboardData('sessions')}?${queryOf(question)}`}
          initial={{ items: list.items }}
          language={language}
          isFiltered={question.q !== undefined || question.status !== undefined}
        />
      </div>
      <nav className="mt-4 flex gap-3" aria-label={title}>
        {question.cursor !== undefined && (
          <ButtonLink
            kind="secondary"
            href={`${paths.dashboardSessions()}?${queryOf({ ...question, cursor: undefined })}`}
          >
            {first}
          </ButtonLink>
        )}
        {list.olderCursor !== null && (
          <ButtonLink
            kind="secondary"
            href={`${paths.dashboardSessions()}?${queryOf({ ...question, cursor: list.olderCursor })}`}
          >
            {older}
          </ButtonLink>
        )}
      </nav>
    </StaffShell>
  );
}

function queryOf({ status, q, cursor }: { [Name in keyof ListQuestion]: ListQuestion[Name] | undefined }): string {
  return new URLSearchParams({
    ...(status && { status }),
    ...(q !== undefined && { q }),
    ...(cursor !== undefined && { cursor }),
  }).toString();
}
