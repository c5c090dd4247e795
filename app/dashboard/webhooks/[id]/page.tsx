import { Panel } from '#components/dashboard/panel.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { WebhookActs } from '#components/dashboard/webhook-acts.tsx';
import { WebhookMessages } from '#components/dashboard/webhook-messages.tsx';
import { chosenTypes, WebhookState } from '#components/dashboard/webhook-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SummaryList } from '#components/ui/summary-list.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { problemWords } from '#lib/copy/dashboard.ts';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import { paths } from '#lib/paths.ts';
import { readStaffWebhook, type StaffWebhook } from '#lib/usecases/staff/read-webhooks.ts';
import { staffPage } from '../../staff-page.tsx';

type WebhookPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default function WebhookPage(props: WebhookPageProps) {
  return staffPage((page) => showWebhook(page, props));
}

async function showWebhook({ program, staff, language }: StaffPage, { params, searchParams }: WebhookPageProps) {
  const { id } = await params;
  const { problem: code } = await searchParams;
  const copy = webhookCopy[language];
  const problem = problemWords(copy.problems, typeof code === 'string' ? code : undefined);
  const result = await readStaffWebhook(program, staff, id);
  if (!result.ok) setStatus(result.code === 'forbidden' ? 403 : 404);
  return (
    <StaffShell language={language} area="webhooks" title={copy.title} staff={staff}>
      <p className="mb-3">
        <a href={paths.dashboardWebhooks()}>{copy.back}</a>
      </p>
      {problem !== undefined && (
        <Notice tone="warning" className="mb-5">
          {problem}
        </Notice>
      )}
      {result.ok ? (
        <Webhook {...result} language={language} />
      ) : (
        <>
          <h1 className="mb-5">{copy.title}</h1>
          <Notice tone="warning">{copy.problems[result.code]}</Notice>
        </>
      )}
    </StaffShell>
  );
}

type WebhookProps = Omit<Extract<StaffWebhook, { ok: true }>, 'ok'> & { language: StaffLanguage };

function Webhook({ endpoint, messages, language }: WebhookProps) {
  const copy = webhookCopy[language];
  const { endpointId, url } = endpoint;
  const isActive = endpoint.state === 'active' || endpoint.state === 'failing';
  const rows = [
    {
      key: 'state',
      label: copy.columns.state,
      value: <WebhookState endpoint={endpoint} language={language} />,
    },
    { key: 'events', label: copy.columns.events, value: chosenTypes(endpoint, language) },
    { key: 'waiting', label: copy.columns.waiting, value: endpoint.waiting },
  ];
  return (
    <div className="space-y-5">
      <h1 className="[overflow-wrap:anywhere]">{url}</h1>
      <SummaryList rows={rows} />
      {isActive && <WebhookActs endpointId={endpointId} language={language} />}
      <Panel title={copy.messages.title}>
        <WebhookMessages {...{ endpointId, isActive, messages, language }} />
      </Panel>
    </div>
  );
}
