import { type Column, Table } from '#components/ui/table.tsx';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import type { StaffEndpoint } from '#lib/schema/staff-webhook.ts';
import { chosenTypes, WebhookState } from './webhook-state.tsx';

/** The endpoints of a workspace; each leads to its own page. */
export function WebhookList({ endpoints, language }: { endpoints: readonly StaffEndpoint[]; language: StaffLanguage }) {
  const copy = webhookCopy[language];
  return (
    <Table
      caption={copy.title}
      isCaptionHidden
      columns={columnsIn(language)}
      rows={endpoints}
      rowKey={({ endpointId }) => endpointId}
      empty={<p>{copy.none}</p>}
    />
  );
}

function columnsIn(language: StaffLanguage): Column<StaffEndpoint>[] {
  const { columns } = webhookCopy[language];
  return [
    {
      header: columns.address,
      isRowHeader: true,
      cell: ({ endpointId, url }) => (
        <a href={paths.dashboardWebhook(endpointId)} className="[overflow-wrap:anywhere]">
          {url}
        </a>
      ),
    },
    { header: columns.state, cell: (endpoint) => <WebhookState endpoint={endpoint} language={language} /> },
    { header: columns.events, cell: (endpoint) => chosenTypes(endpoint, language) },
    { header: columns.waiting, align: 'end', cell: ({ waiting }) => waiting },
  ];
}
