import { pruneWebhookEvents } from '#lib/db/webhook-deliveries.ts';
import type { UseCaseContext } from '../../context.ts';

const batch = 1_000;

/** Forgets messages of the time before the last thirty days, with their attempts; what they told of stays where it is. Answers how many. */
export function pruneWebhooks({ db }: Pick<UseCaseContext, 'db'>): Promise<number> {
  return pruneWebhookEvents(db, batch);
}
