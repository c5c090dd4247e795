import { z } from 'zod';
import { checkContractText, contractTextBytesMax } from '#lib/domain/contract-text.ts';
import { parseEmail } from '#lib/domain/email.ts';
import { parseIdentity } from '#lib/domain/identity.ts';
import { parsePersonName } from '#lib/domain/person-name.ts';
import { parseBrazilianPhone } from '#lib/domain/phone.ts';
import { refuse } from './field-refusals.ts';
import { plainString, readBy } from './plain-string.ts';
import {
  builtGeolocations,
  builtVerifications,
  geolocations,
  interfaceLanguages,
  providers,
  verifications,
} from './session-terms.ts';

const limits = {
  summaryRows: 20,
  metadataEntries: 50,
  metadataName: 40,
  metadataValue: 500,
  returnUrl: 2_000,
} as const;

export const orderId = plainString({ max: 128, allowsLines: false });
export const debtKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .describe("The lender's key of the credit operation, as the lender gave it; case is kept.");

/** RFC 5646 in outline: a label, not a promise that the pages exist in it. */
const languageTag = z
  .string()
  .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)
  .max(35);

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const contract = z.strictObject({
  title: plainString({ max: 200, allowsLines: false }),
  text: z
    .string()
    .superRefine(checkText)
    .describe('The exact plain text, at most 1 MiB of UTF-8. It is shown, hashed, sent and kept as it came.'),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .transform((hex) => hex.toLowerCase())
    .exactOptional()
    .describe('SHA-256 of the text in UTF-8, if you want it compared.'),
  version: plainString({ max: 64, allowsLines: false }).exactOptional(),
  language: languageTag.exactOptional().describe('BCP 47.'),
});

const summaryRow = z.strictObject({ label: plainString({ max: 120 }), value: plainString({ max: 500 }) });

const signerDetails = z.strictObject({
  name: readBy(parsePersonName).exactOptional(),
  email: readBy(parseEmail).exactOptional(),
  identity: readBy(readIdentity).exactOptional().describe('CPF or CNPJ.'),
  phone: readBy(readPhone).exactOptional().describe('E.164, Brazil only: +5511912345678.'),
});

/** Body of `POST /signing`. What needs the database's clock or the key's origins is checked by the use case. */
export const createSessionBody = z
  .strictObject({
    orderId,
    provider: z.enum(providers).default('opt-in'),
    debtKey,
    contract,
    summary: z
      .array(summaryRow)
      .max(limits.summaryRows)
      .exactOptional()
      .describe('Shown before the contract and covered by the evidence.'),
    signerDetails: signerDetails
      .exactOptional()
      .describe(
        'A given identity or name cannot be changed by the signer; a given email or phone can, and the change is evidence.',
      ),
    language: z
      .enum(interfaceLanguages)
      .exactOptional()
      .describe(
        "Of the signer's pages and of the consents. Absent: contract.language when it is one of these, then the workspace's setting.",
      ),
    returnUrl: z
      .string()
      .meta({ maxLength: limits.returnUrl })
      .exactOptional()
      .describe('Where the way back leads: an absolute https address whose origin the key allows.'),
    expiresAt: moment.exactOptional().describe('Default 7 days ahead; at least 5 minutes, at most 90 days ahead.'),
    signingDeadline: moment.exactOptional().describe('Instant by which the lender needs the signature.'),
    finalDueDate: z.iso.date().exactOptional().describe('Date on which the contract ends; retention counts from it.'),
    verification: built(verifications, builtVerifications).prefault('none'),
    geolocation: built(geolocations, builtGeolocations).prefault('off'),
    metadata: z
      .record(
        plainString({ max: limits.metadataName, allowsLines: false }),
        plainString({ min: 0, max: limits.metadataValue }),
      )
      .superRefine((entries, ctx) => {
        if (Object.keys(entries).length > limits.metadataEntries)
          refuse(ctx, 'too_many', { max: limits.metadataEntries });
      })
      .meta({ maxProperties: limits.metadataEntries })
      .exactOptional(),
  })
  .meta({ id: 'CreateSession' });

export type CreateSessionInput = z.output<typeof createSessionBody>;

/** One of `words`; those that are not among `built` are known and refused as `not_available`. */
function built<const Words extends readonly [string, ...string[]], Built extends Words[number]>(
  words: Words,
  builtWords: readonly Built[],
) {
  return z
    .enum(words)
    .transform((word, ctx): Built => {
      if ((builtWords as readonly string[]).includes(word)) return word as unknown as Built;
      refuse(ctx, 'not_available', { available: builtWords.join(', ') });
      return z.NEVER;
    })
    .describe(`Built so far: ${builtWords.join(', ')}.`);
}

function readIdentity(typed: string) {
  const parsed = parseIdentity(typed);
  return parsed.ok ? { ok: true as const, value: parsed.value.value } : parsed;
}

/** A program has no excuse for a local way of writing: the API takes E.164 only. */
function readPhone(typed: string) {
  return /^\+\d+$/.test(typed) ? parseBrazilianPhone(typed) : { ok: false as const, code: 'phone_not_e164' as const };
}

/** Size first: over it the characters are not looked at. */
function checkText(text: string, ctx: z.core.$RefinementCtx): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > contractTextBytesMax) {
    refuse(ctx, 'contract_text_too_large', { bytes });
    return;
  }
  const verdict = checkContractText(text);
  if (verdict.ok) return;
  const { kind, ...place } = verdict.fault;
  refuse(ctx, `contract_text_${kind}`, place);
}
