import { z } from 'zod';
import {
  addressFault,
  isTimeZone,
  lenderAuthSchemes,
  lenderSignatureTypes,
  type PortalMode,
} from '#lib/domain/settings.ts';

/** As the integration key is written into a header. */
const headerText = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters');
/** A key on P-521 has less than a thousand characters. */
const pem = z
  .string()
  .max(10_000)
  .regex(/-----BEGIN [A-Z ]+-----/, 'is not a PEM file');

/** What may be set of a workspace's own contract with the lender; keys are read as keys by whoever uses them. */
export function lenderSettingsChanges(mode: PortalMode) {
  return z.strictObject({
    baseUrl: z
      .string()
      .transform((value, context) => {
        const url = URL.parse(value);
        const fault = url === null ? 'is not an address' : addressFault(url, mode);
        if (url && !fault && !url.search && !url.hash) return url.href.replace(/\/+$/, '');
        context.addIssue({ code: 'custom', message: fault ?? 'must not have a query' });
        return z.NEVER;
      })
      .exactOptional(),
    apiClientKey: headerText.exactOptional(),
    privateKeyPem: pem.exactOptional(),
    lenderPublicKeyPem: pem.exactOptional(),
    authScheme: z.enum(lenderAuthSchemes).exactOptional(),
    signatureType: z.enum(lenderSignatureTypes).exactOptional(),
    emptyPayload: z
      .enum(['{}', 'empty'])
      .transform((value) => (value === 'empty' ? ('' as const) : value))
      .exactOptional(),
    timestampZone: z.string().refine(isTimeZone, 'is not the IANA name of a time zone').exactOptional(),
  });
}
