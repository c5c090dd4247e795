import { createSecretKey } from 'node:crypto';
import type { Tx } from '#lib/db/database.ts';
import { readWebhookToSend, type WebhookToSend } from '#lib/db/webhook-deliveries.ts';
import { disableEndpoint, lockEndpoint, noteFailure, noteSuccess } from '#lib/db/webhook-endpoints.ts';
import { scrubbedReply } from '#lib/domain/scrubbed-reply.ts';
import { disabledBecause, isSuccess, stepAfterAttempt } from '#lib/domain/webhook-schedule.ts';
import type { DisabledReason } from '#lib/domain/webhook-standing.ts';
import type { Clocks } from '#lib/outbox/claim.ts';
import { claimNextWebhook, settleWebhook, type WebhookClaim } from '#lib/outbox/claim-webhook.ts';
import type { WebhookExchange } from '#lib/providers/webhook.ts';
import { createInstallationSeal } from '#lib/vault/installation-seal.ts';
import type { UseCaseContext } from '../../context.ts';
import { jitter } from '../../jitter.ts';
import { newId } from '../../new-id.ts';
import { secretName, signingKeyName } from './webhook-secrets.ts';

type Context = Pick<UseCaseContext, 'db' | 'keys' | 'webhooks'>;

/** What came of one attempt; `disabled` when it was the endpoint's last. */
export type WebhookOutcome = { endpointId: string; reason: string; disabled?: DisabledReason };

/**
 * Leases the message that has been due longest and gives the one attempt at it that is its own, as work that is still to be done; undefined when none is due.
 * The receiver is called outside any transaction; what it answered is written under the claim's fence. After a crash between the two the
 * same message goes out again, with the same id.
 */
export async function claimWebhook(
  ctx: Context,
  clocks?: Clocks,
): Promise<(() => Promise<WebhookOutcome | undefined>) | undefined> {
  const claim = await claimNextWebhook(ctx.db, clocks);
  return claim && (() => attempt(ctx, claim));
}

async function attempt(ctx: Context, claim: WebhookClaim): Promise<WebhookOutcome | undefined> {
  const scope = { role: 'aceite_worker', workspaceId: claim.workspace_id } as const;
  const message = await ctx.db.transaction(scope, (tx) => readWebhookToSend(tx, claim));
  // Switched off meanwhile; or the database answered so late that somebody else may be sending it by now.
  if (!message || !claim.isHeld()) return undefined;
  const keys = openedKeys(ctx, claim, message);
  const { event_id: id } = claim;
  const exchange = keys ? await ctx.webhooks.send({ id, url: message.url, body: message.body, ...keys }) : notSent;
  return ctx.db.transaction(scope, (tx) => settle(tx, claim, message, exchange));
}

/** A failed attempt like others, so that its message neither comes round for ever nor holds up others. */
const notSent: WebhookExchange = { answer: { reason: 'secret_unreadable' }, latencyMs: 0 };

/** Undefined when the key file is not the one that sealed them. */
function openedKeys({ keys }: Context, { workspace_id, endpoint_id }: WebhookClaim, message: WebhookToSend) {
  const sealed = [message.secret_sealed, ...(message.former_secret_sealed ? [message.former_secret_sealed] : [])];
  try {
    const seed = keys.openWebhookSecret(workspace_id, signingKeyName, message.seed_sealed);
    const { sign } = createInstallationSeal(createSecretKey(seed));
    const secrets = sealed.map((secret) => keys.openWebhookSecret(workspace_id, secretName(endpoint_id), secret));
    return { secrets, sign };
  } catch {
    return undefined;
  }
}

async function settle(
  tx: Tx,
  claim: WebhookClaim,
  { failures }: WebhookToSend,
  { answer, latencyMs, reply }: WebhookExchange,
): Promise<WebhookOutcome> {
  const { workspace_id: workspaceId, endpoint_id: endpointId } = claim;
  await lockEndpoint(tx, workspaceId, endpointId);
  const step = stepAfterAttempt(answer, failures, jitter());
  const counted = await settleWebhook(tx, claim, step, {
    id: newId(claim.claimed_at),
    latencyMs,
    outcome: step.reason,
    httpStatus: 'status' in answer ? answer.status : null,
    reply: reply === undefined ? null : scrubbedReply(reply),
  });
  const outcome = { endpointId, reason: step.reason };
  if (!counted) return outcome;
  if (isSuccess(answer)) {
    await noteSuccess(tx, workspaceId, endpointId);
    return outcome;
  }
  const standing = await noteFailure(tx, workspaceId, endpointId);
  const disabled =
    standing && disabledBecause(answer, { failingSince: standing.failing_since, now: standing.now, failures });
  if (disabled) await disableEndpoint(tx, workspaceId, endpointId, disabled);
  return { ...outcome, ...(disabled && { disabled }) };
}
