import { findWorkspaceIds } from '#lib/db/workspaces.ts';
import { endpointStanding } from '#lib/domain/webhook-standing.ts';
import { type EndpointView, listEndpoints } from '#lib/usecases/system/webhooks/list-endpoints.ts';
import { type Check, type Examined, type Finding, ok, warning, withTables, worstOf } from './check.ts';

/** So many messages wait for one endpoint only when it is slow, or no worker runs. */
const waitingMax = 1_000;
const lostDays = 30;

/** Whether merchants hear of what happens. Their receivers are not called: a test is theirs to ask for. */
export const webhookChecks: readonly Check[] = [
  { id: 'webhooks', title: 'Webhooks to merchants', run: withTables(judgeWebhooks) },
];

async function judgeWebhooks({ db }: Examined): Promise<Finding> {
  const workspaces = await findWorkspaceIds(db);
  const endpoints = (await Promise.all(workspaces.map((id) => listEndpoints({ db }, id)))).flat();
  const ill = worstOf([...failing(endpoints), ...lost(endpoints), ...late(endpoints)]);
  if (ill) return ill;
  const active = endpoints.filter(({ state }) => state === 'active').length;
  return ok(active === 0 ? 'There is no webhook endpoint.' : `Webhook endpoints that are well: ${active}.`);
}

function failing(endpoints: readonly EndpointView[]): Finding[] {
  const ids = idsOf(endpoints.filter((endpoint) => endpointStanding(endpoint).state === 'failing'));
  if (ids === '') return [];
  const mend =
    'Ask their owners to mend them before they are disabled, then: npm run aceite -- webhook resend <id> --since <time>';
  return [warning(`Webhook endpoints that fail: ${ids}.`, mend)];
}

function lost(endpoints: readonly EndpointView[]): Finding[] {
  const ids = idsOf(endpoints.filter(isLost));
  if (ids === '') return [];
  return [
    warning(
      `Webhook endpoints that were disabled in the last ${lostDays} days, for failing or because their owner is gone: ${ids}.`,
      'Ask their owners whether another is needed (npm run aceite -- webhook create); what was missed is read through the API.',
    ),
  ];
}

function late(endpoints: readonly EndpointView[]): Finding[] {
  // One that fails has its messages wait for it, not for a worker.
  const isLate = (endpoint: EndpointView) =>
    endpointStanding(endpoint).state === 'active' && endpoint.waiting > waitingMax;
  const ids = idsOf(endpoints.filter(isLate));
  if (ids === '') return [];
  const mend = 'Look whether a worker runs: npm run aceite -- worker';
  return [warning(`More than ${waitingMax} messages wait for the endpoints ${ids}.`, mend)];
}

/** Switched off by what came back, and not so long ago that everybody knows; one that its owner switched off is nobody's fault. */
function isLost(endpoint: EndpointView): boolean {
  const { state, since } = endpointStanding(endpoint);
  return (state === 'gone' || state === 'failed') && Date.now() - since.getTime() < lostDays * 86_400_000;
}

const idsOf = (endpoints: readonly EndpointView[]) => endpoints.map(({ endpointId }) => endpointId).join(', ');
