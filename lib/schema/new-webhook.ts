import { z } from 'zod';
import { type ChosenType, everyType, webhookTypes } from '#lib/domain/webhook-type.ts';

/** Where a merchant wants to be told, and of what; `*` alone is whatever there is and will be. The address is read by the use case, which knows the mode. */
export const newWebhook = z.strictObject({
  url: z.string().min(1).max(2000),
  eventTypes: z
    .array(z.enum([...webhookTypes, everyType]))
    .min(1)
    .max(webhookTypes.length + 1)
    .transform((types): ChosenType[] => (types.includes(everyType) ? [everyType] : [...new Set(types)])),
});

export type NewWebhookInput = z.output<typeof newWebhook>;
