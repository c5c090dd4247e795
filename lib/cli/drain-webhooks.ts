import { workspaceAttemptsAtOnce } from '#lib/domain/webhook-limits.ts';
import type { Program } from '#lib/program.ts';
import { claimWebhook, type WebhookOutcome } from '#lib/usecases/system/webhooks/deliver-webhook.ts';

/** Receivers called at once from this process, as many as of four workspaces whose every receiver is slow. Waiting for one costs a socket and nothing else, so there is room for many that are slow. */
const sendingMax = 4 * workspaceAttemptsAtOnce;

/**
 * Sends what is due to merchants' receivers until the repeating ends, and then finishes what is under way. One loop leases, and no receiver
 * is waited for before the next message goes to another.
 */
export async function drainWebhooks(
  program: Program,
  repeat: (step: () => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const sending = new Set<Promise<void>>();
  await repeat(async () => {
    if (sending.size >= sendingMax) await Promise.race(sending);
    const attempt = await claimWebhook(program);
    if (!attempt) return false;
    const sent: Promise<void> = attempt()
      .then((outcome) => tell(program, outcome))
      .catch((error: unknown) => program.log.error({ error }, 'an attempt at a webhook failed; it is made again'))
      .finally(() => sending.delete(sent));
    sending.add(sent);
    return true;
  });
  await Promise.all(sending);
}

function tell({ log }: Program, outcome: WebhookOutcome | undefined): void {
  if (!outcome?.disabled) return;
  const { endpointId, reason, disabled } = outcome;
  log.warn({ endpointId, reason, disabled }, 'a webhook endpoint was disabled; tell its merchant');
}
