import { z } from 'zod';
import { apiScopes } from '#lib/domain/roles.ts';
import { plainString } from './plain-string.ts';

/** More origins than any shop has; the check of a `returnUrl` walks them all. */
const originsMax = 50;

/** As many networks as a merchant's back ends stand in; every call walks them all. */
const addressesMax = 50;

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What an API key is called and may do. Origins are read by the use case, which knows the mode. */
export const newApiKey = z.strictObject({
  name: plainString({ max: 120, allowsLines: false }),
  scopes: z
    .array(z.enum(apiScopes))
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  returnOrigins: z.array(z.string()).max(originsMax),
  /** Read by the use case too. Without any, the key is good from anywhere. */
  allowedAddresses: z.array(z.string()).max(addressesMax).exactOptional(),
  /** Without it the key is good until it is revoked. */
  expiresAt: moment.exactOptional(),
});

/** What may be said when a key is rotated; a new end, where the old one should not stay. */
export const keyEnd = z.strictObject({ expiresAt: moment.exactOptional() });

export type NewApiKeyInput = z.output<typeof newApiKey>;
