/** Milliseconds. */
export const hourMs = 3_600_000;

/**
 * For how many hours what is replaced goes on beside what replaces it: when nobody says otherwise, and at most. Longer is no change of API keys
 * but a second key; a webhook's two secrets are for the days in which a receiver is brought up to date.
 */
export const overlapHours = {
  apiKey: { usual: 24, most: 30 * 24 },
  webhookSecret: { usual: 24, most: 7 * 24 },
} as const;
