import { z } from 'zod';
import { interfaceLanguages, providers } from './session-terms.ts';

const detail = z.enum(['name', 'email', 'identity', 'phone']);

/** What one provider asks for, in the answer of `GET /signing/providers`. */
const providerView = z
  .strictObject({
    provider: z.enum(providers),
    displayName: z.string(),
    isDefault: z.boolean(),
    languages: z.array(z.enum(interfaceLanguages)),
    requiredSignerDetails: z
      .array(detail)
      .describe('Must be known before the signer can accept; what you do not give is asked on the page.'),
    optionalSignerDetails: z.array(detail),
  })
  .meta({ id: 'Provider' });

export const providerListView = z.strictObject({ items: z.array(providerView) }).meta({ id: 'ProviderList' });
export type ProviderListView = z.output<typeof providerListView>;

/** The lender's opt-in body has no optional detail: it refuses a signature that lacks one. */
export const providerList: ProviderListView = {
  items: [
    {
      provider: 'opt-in',
      displayName: 'Opt-in (QI Tech)',
      isDefault: true,
      languages: [...interfaceLanguages],
      requiredSignerDetails: ['name', 'email', 'identity', 'phone'],
      optionalSignerDetails: [],
    },
  ],
};
