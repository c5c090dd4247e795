import { RequestView } from '#components/dashboard/request-view.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { requestCopy } from '#lib/copy/dashboard-requests.ts';
import { setNoStore, setStatus } from '#lib/http/page-answer.ts';
import { paths } from '#lib/paths.ts';
import { readRequest } from '#lib/usecases/staff/read-request.ts';
import { staffPage } from '../../staff-page.tsx';

type RequestPageProps = { params: Promise<{ id: string }> };

/** One request of the API: what was sent, what was answered, and what was wrong with it. */
export default function RequestPage({ params }: RequestPageProps) {
  return staffPage((page) => showRequest(page, params));
}

async function showRequest({ program, staff, language }: StaffPage, params: RequestPageProps['params']) {
  const { id } = await params;
  setNoStore();
  const result = await readRequest(program, staff, id);
  if (!result.ok) setStatus(result.code === 'forbidden' ? 403 : 404);
  const copy = requestCopy[language];
  return (
    <StaffShell language={language} area="requests" title={copy.one.title} staff={staff}>
      <p className="mb-3">
        <a href={paths.dashboardRequests()}>{copy.back}</a>
      </p>
      <h1 className="mb-5">
        {copy.one.title}{' '}
        {result.ok && (
          <span className="font-normal [overflow-wrap:anywhere]">{`${result.request.method} ${result.request.path}`}</span>
        )}
      </h1>
      {result.ok ? (
        <RequestView request={result.request} language={language} />
      ) : (
        <Notice tone="warning">{copy.problems[result.code]}</Notice>
      )}
    </StaffShell>
  );
}
