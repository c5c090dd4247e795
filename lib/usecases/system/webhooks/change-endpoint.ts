import { readClock } from '#lib/db/clock.ts';
import type { Tx } from '#lib/db/database.ts';
import { insertTestEvent } from '#lib/db/webhook-deliveries.ts';
import { disableEndpoint as disableRow, readEndpoint, replaceSecret } from '#lib/db/webhook-endpoints.ts';
import { hourMs, overlapHours } from '#lib/domain/overlap.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import type { UseCaseContext } from '../../context.ts';
import { newId } from '../../new-id.ts';
import { newSecret, secretName } from './webhook-secrets.ts';

export type EndpointRefusal = { ok: false; code: 'endpoint_not_found' | 'endpoint_disabled' };

type Context = Pick<UseCaseContext, 'db' | 'keys'>;

/** Switches an endpoint off; what still waits for it rests. Repeating it keeps the first time and reason. */
export async function disableEndpoint(
  ctx: Context,
  workspaceId: string,
  endpointId: string,
): Promise<{ ok: true } | EndpointRefusal> {
  const result = await changeActive<{ ok: true }>(ctx, workspaceId, endpointId, async (tx) => {
    await disableRow(tx, workspaceId, endpointId, 'by_person');
    return { ok: true };
  });
  return !result.ok && result.code === 'endpoint_disabled' ? { ok: true } : result;
}

export type RotateResult =
  | { ok: true; secret: string; formerUntil?: Date }
  | { ok: false; code: 'rotation_running' }
  | EndpointRefusal;

/** Gives an endpoint another secret. For the milliseconds of overlap every message is signed with both, so that none is refused. */
export function rotateSecret(
  ctx: Context,
  workspaceId: string,
  endpointId: string,
  overlapMs: number = overlapHours.webhookSecret.usual * hourMs,
): Promise<RotateResult> {
  return changeActive<RotateResult>(ctx, workspaceId, endpointId, async (tx) => {
    const secret = newSecret();
    const secretSealed = ctx.keys.sealWebhookSecret(workspaceId, secretName(endpointId), secret.bytes);
    const changed = await replaceSecret(tx, workspaceId, { id: endpointId, secretSealed, overlapMs });
    // Of two changes at once the second would silence the secret that receivers have.
    if (!changed) return { ok: false, code: 'rotation_running' };
    return { ok: true, secret: secret.shown, ...(changed.former_until && { formerUntil: changed.former_until }) };
  });
}

/** Queues a `webhook.test` for one endpoint. */
export function sendTest(
  ctx: Context,
  workspaceId: string,
  endpointId: string,
): Promise<{ ok: true; eventId: string } | EndpointRefusal> {
  return changeActive<{ ok: true; eventId: string }>(ctx, workspaceId, endpointId, async (tx) => {
    const eventId = newId(await readClock(tx));
    await insertTestEvent(tx, { workspaceId, eventId, endpointId });
    return { ok: true, eventId };
  });
}

/** Runs `work` when the workspace has an endpoint of this id that is not switched off. */
export async function changeActive<Result>(
  { db }: Pick<UseCaseContext, 'db'>,
  workspaceId: string,
  endpointId: string,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result | EndpointRefusal> {
  if (!isUuid(endpointId)) return { ok: false, code: 'endpoint_not_found' };
  return db.transaction<Result | EndpointRefusal>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const endpoint = await readEndpoint(tx, workspaceId, endpointId);
    if (!endpoint) return { ok: false, code: 'endpoint_not_found' };
    if (endpoint.state === 'disabled') return { ok: false, code: 'endpoint_disabled' };
    return work(tx);
  });
}
