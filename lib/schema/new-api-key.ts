import { z } from 'zod';
import { apiScopes } from '#lib/domain/roles.ts';
import { plainString } from './plain-string.ts';

/** More origins than any shop has; the check of a `returnUrl` walks them all. */
const originsMax = 50;

/** What an API key is called and may do. Origins are read by the use case, which knows the mode. */
export const newApiKey = z.strictObject({
  name: plainString({ max: 120, allowsLines: false }),
  scopes: z
    .array(z.enum(apiScopes))
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  returnOrigins: z.array(z.string()).max(originsMax),
});

export type NewApiKeyInput = z.output<typeof newApiKey>;
