import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { WebhookForm } from '#components/dashboard/webhook-form.tsx';
import { WebhookList } from '#components/dashboard/webhook-list.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { problemWords } from '#lib/copy/dashboard.ts';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import { listStaffWebhooks } from '#lib/usecases/staff/read-webhooks.ts';
import { staffPage } from '../staff-page.tsx';

type WebhooksPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function WebhooksPage({ searchParams }: WebhooksPageProps) {
  return staffPage((page) => showWebhooks(page, searchParams));
}

async function showWebhooks({ program, staff, language }: StaffPage, searchParams: WebhooksPageProps['searchParams']) {
  const { problem: code } = await searchParams;
  const copy = webhookCopy[language];
  const problem = problemWords(copy.problems, typeof code === 'string' ? code : undefined);
  const result = await listStaffWebhooks(program, staff);
  if (!result.ok) setStatus(403);
  return (
    <StaffShell language={language} area="webhooks" title={copy.title} staff={staff}>
      <h1 className="mb-3">{copy.title}</h1>
      {result.ok ? (
        <div className="space-y-5">
          <p>{copy.what}</p>
          <WebhookForm language={language} problem={problem} />
          <WebhookList endpoints={result.endpoints} language={language} />
        </div>
      ) : (
        <Notice tone="warning">{copy.problems[result.code]}</Notice>
      )}
    </StaffShell>
  );
}
