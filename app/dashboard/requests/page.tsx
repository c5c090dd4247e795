import { RequestFilters, requestsAddress } from '#components/dashboard/request-filters.tsx';
import { RequestTable } from '#components/dashboard/request-table.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { requestCopy } from '#lib/copy/dashboard-requests.ts';
import { statusClasses } from '#lib/domain/status-class.ts';
import { setNoStore, setStatus } from '#lib/http/page-answer.ts';
import type { RequestQuestion } from '#lib/schema/staff-request.ts';
import { listRequests } from '#lib/usecases/staff/list-requests.ts';
import { staffPage } from '../staff-page.tsx';

type RequestsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The request inspector's list: what programs of this workspace asked the API, newest first. */
export default function RequestsPage({ searchParams }: RequestsPageProps) {
  return staffPage((page) => showRequests(page, searchParams));
}

async function showRequests({ program, staff, language }: StaffPage, searchParams: RequestsPageProps['searchParams']) {
  const question = readQuestion(await searchParams);
  setNoStore();
  const result = await listRequests(program, staff, question);
  if (!result.ok) setStatus(403);
  const copy = requestCopy[language];
  return (
    <StaffShell language={language} area="requests" title={copy.title} staff={staff}>
      <h1 className="mb-3">{copy.title}</h1>
      {result.ok ? (
        <>
          <p className="mb-5 text-ink-soft">{copy.what}</p>
          <RequestFilters language={language} question={question} />
          <div className="mt-5">
            <RequestTable rows={result.list.items} language={language} isFiltered={Object.keys(question).length > 0} />
          </div>
          <nav aria-label={dashboardCopy[language].list.pages} className="mt-4 flex flex-wrap gap-6">
            {question.before !== undefined && (
              <a href={requestsAddress({ ...question, before: undefined })}>{copy.newest}</a>
            )}
            {result.list.olderCursor !== null && (
              <a href={requestsAddress({ ...question, before: result.list.olderCursor })}>{copy.older}</a>
            )}
          </nav>
        </>
      ) : (
        <Notice tone="warning">{copy.problems[result.code]}</Notice>
      )}
    </StaffShell>
  );
}

/** A value that means nothing is left out: a bookmark of an older version still opens. */
function readQuestion({ status, requestId, before }: Record<string, string | string[] | undefined>): RequestQuestion {
  const statusClass = statusClasses.find((known) => String(known) === status);
  return {
    ...(statusClass !== undefined && { status: statusClass }),
    ...(typeof requestId === 'string' && requestId.trim() !== '' && { requestId: requestId.trim() }),
    ...(typeof before === 'string' && { before }),
  };
}
