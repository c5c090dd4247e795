import { DeliveryCallList } from '#components/dashboard/delivery-call-list.tsx';
import { ReencodePanel } from '#components/dashboard/reencode-panel.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { dashboardCopy, problemWords } from '#lib/copy/dashboard.ts';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { reencodeCopy } from '#lib/copy/dashboard-reencode.ts';
import { setNoStore, setStatus } from '#lib/http/page-answer.ts';
import { paths } from '#lib/paths.ts';
import { readDeliveryCalls } from '#lib/usecases/staff/delivery-calls.ts';
import { staffPage } from '../../../staff-page.tsx';

type CallsPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Every call to the lender for one session. */
export default function CallsPage(props: CallsPageProps) {
  return staffPage((page) => showCalls(page, props));
}

async function showCalls({ program, staff, language }: StaffPage, { params, searchParams }: CallsPageProps) {
  const [{ id }, { problem, reencodeProblem }] = await Promise.all([params, searchParams]);
  setNoStore();
  const copy = deliveryCopy[language].calls;
  const wrong = typeof reencodeProblem === 'string' ? reencodeProblem : undefined;
  const reencodeWords = problemWords(reencodeCopy[language].problems, wrong);
  const read = await readDeliveryCalls(program, staff, id);
  if (!read.ok) setStatus(404);
  return (
    <StaffShell language={language} area="sessions" title={copy.title} staff={staff}>
      <p className="mb-3">
        <a href={paths.dashboardSession(id)} className="inline-flex min-h-11 items-center">
          {copy.back}
        </a>
      </p>
      <h1 className="mb-5">
        {copy.title} {read.ok && <span className="font-normal [overflow-wrap:anywhere]">{read.calls.orderId}</span>}
      </h1>
      {read.ok &&
        (read.calls.reencode ? (
          <div className="mb-5">
            <ReencodePanel {...{ language, sessionId: id, reencode: read.calls.reencode, problem: reencodeWords }} />
          </div>
        ) : (
          reencodeWords !== undefined && (
            <Notice tone="warning" className="mb-5">
              {reencodeWords}
            </Notice>
          )
        ))}
      {read.ok ? (
        <DeliveryCallList
          language={language}
          sessionId={id}
          calls={read.calls}
          problem={problemWords(copy.problems, typeof problem === 'string' ? problem : undefined)}
        />
      ) : (
        <Notice tone="warning">{dashboardCopy[language].notFound}</Notice>
      )}
    </StaffShell>
  );
}
