import type { LenderAccess, LenderSettings } from '#lib/providers/lender-access.ts';
import { createQitechLender } from './client.ts';
import { createQitechInbox } from './inbox.ts';

const clock = () => new Date();

/** Both directions of one contract with QI Tech. Throws for a key, address or zone that can never work. */
export function openQitech(settings: LenderSettings): LenderAccess {
  const { apiClientKey, privateKeyPem, lenderPublicKeyPem } = settings;
  return {
    lender: createQitechLender({ ...settings, clock }),
    ...(lenderPublicKeyPem !== undefined && {
      lenderInbox: createQitechInbox({ apiClientKey, privateKeyPem, lenderPublicKeyPem, clock }),
    }),
  };
}
