import { findWorkspaceIds } from '#lib/db/workspaces.ts';
import { type EndpointView, listEndpoints } from '#lib/usecases/webhooks/list-endpoints.ts';
import { type Check, type Examined, type Finding, ok, warning, withTables } from './check.ts';

/** So many messages wait for one endpoint only when it is slow, or no worker runs. */
const waitingMax = 1_000;

/** Whether merchants hear of what happens. Their receivers are not called: a test is theirs to ask for. */
export const webhookChecks: readonly Check[] = [
  { id: 'webhooks', title: 'Webhooks to merchants', run: withTables(judgeWebhooks) },
];

async function judgeWebhooks({ db }: Examined): Promise<Finding> {
  const workspaces = await findWorkspaceIds(db);
  const endpoints = (await Promise.all(workspaces.map((id) => listEndpoints({ db }, id)))).flat();
  const failing = endpoints.filter(isFailing);
  const late = endpoints.filter(({ state, waiting }) => state === 'active' && waiting > waitingMax);
  const active = endpoints.filter(({ state }) => state === 'active').length;
  if (failing.length > 0)
    return warning(
      `Webhook endpoints that fail or were switched off for failing: ${failing.map(({ endpointId }) => endpointId).join(', ')}.`,
      'Ask their owners to mend them, then: npm run aceite -- webhook resend <id> --since <time>',
    );
  if (late.length > 0)
    return warning(
      `More than ${waitingMax} messages wait for the endpoints ${late.map(({ endpointId }) => endpointId).join(', ')}.`,
      'Look whether a worker runs: npm run aceite -- worker',
    );
  return ok(active === 0 ? 'There is no webhook endpoint.' : `Webhook endpoints that are well: ${active}.`);
}

/** One that its owner switched off is nobody's fault. */
function isFailing({ state, disabledReason, failingSince }: EndpointView): boolean {
  return state === 'disabled' ? disabledReason !== 'by_person' : failingSince !== undefined;
}
