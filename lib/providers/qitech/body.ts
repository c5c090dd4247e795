import type { LenderSignatureType } from '#lib/domain/settings.ts';
import type { LenderAcceptance } from '#lib/providers/lender.ts';

/**
 * The opt-in body of `POST /debt/{key}/signed` as bytes, in the field order of the lender's sample. The same acceptance
 * gives the same bytes. `raw_text` is the contract text: JSON escaping is undone by every parser, so the lender's text equals ours.
 * Throws for a text that is not well-formed Unicode or a phone that is not Brazilian: both were refused long before.
 */
export function encodeOptIn(
  acceptance: LenderAcceptance,
  options: { signatureType: LenderSignatureType; wallTime: (instant: Date) => string },
): Uint8Array {
  if (!acceptance.contractText.isWellFormed())
    throw new Error('A contract text with a lone surrogate has no UTF-8 bytes.');
  const { signer } = acceptance;
  const body = {
    type: options.signatureType,
    signatures: [
      {
        signed_object: { raw_text: acceptance.contractText },
        authenticity: {
          timestamp: options.wallTime(acceptance.acceptedAt),
          ip_address: acceptance.clientIp,
          session_id: acceptance.signingSessionId,
        },
        signer: {
          name: signer.name,
          email: signer.email,
          phone: phoneParts(signer.phone),
          document_number: signer.document.replace(/[^0-9A-Za-z]/g, ''),
        },
        authentication_type: 'opt-in',
      },
    ],
  };
  return Buffer.from(JSON.stringify(body));
}

/** The contract text inside encoded bytes. Throws when the bytes are not a body of ours: nothing else may ever be sent. */
export function contractTextOf(bytes: Uint8Array): string {
  const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  const text = ['signatures', '0', 'signed_object', 'raw_text'].reduce(stepInto, body);
  if (typeof text !== 'string') throw new Error('These bytes hold no raw_text: they are not an opt-in body.');
  return text;
}

/** The member of a JSON value by that name; undefined when there is none. */
export function stepInto(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}

/** `+55`, the area code (DDD) and 8 or 9 digits; the country goes out zero-padded to three, as in the lender's sample. */
function phoneParts(e164: string) {
  const match = /^\+55(\d{2})(\d{8,9})$/.exec(e164);
  if (!match?.[1] || !match[2]) throw new Error('A signer phone must be +55, two digits and 8 or 9 digits.');
  return { country_code: '055', area_code: match[1], number: match[2] };
}
