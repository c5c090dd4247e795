import { isIP } from 'node:net';
import { z } from 'zod';
import { parseCnpj } from '#lib/domain/cnpj.ts';
import { parseCpf } from '#lib/domain/cpf.ts';

/** What the twin needs of a body that is in order. */
export type OptInBody = z.output<typeof optInSchema>;

export type OptInCheck = { ok: true; body: OptInBody } | { ok: false; faults: Record<string, string> };

/** Checks a body against the opt-in page: every documented field, its form, and no other field. Faults by path, in English. */
export function checkOptIn(value: unknown): OptInCheck {
  const parsed = optInSchema.safeParse(value);
  if (parsed.success) return { ok: true, body: parsed.data };
  const faults = parsed.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]);
  return { ok: false, faults: Object.fromEntries(faults) };
}

const filled = z.string().regex(/\S/, 'must not be empty');

const authenticity = z.strictObject({
  timestamp: z.string().refine(isWallTime, 'must be a real date and time, YYYY-MM-DD HH:MM:SS'),
  ip_address: z.string().refine((text) => isIP(text) !== 0, 'must be an IPv4 or IPv6 address'),
  session_id: z.uuid('must be a UUID'),
  geolocation: z.record(z.string(), z.unknown()).optional(),
});

const signer = z.strictObject({
  name: filled,
  email: z.string().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must be an e-mail address'),
  phone: z.strictObject({
    country_code: z.string().regex(/^\d{3}$/, 'must have 3 digits, zero-padded on the left'),
    area_code: z.string().regex(/^\d{2}$/, 'must have 2 digits'),
    number: z.string().regex(/^\d{8,9}$/, 'must have 8 or 9 digits'),
  }),
  document_number: z.string().refine(isDocument, 'must be a CPF or CNPJ with right check digits and no punctuation'),
});

const optInSchema = z.strictObject({
  // The opt-in page's sample has the underscore, its field table the hyphen; which one a given integration takes is not known.
  type: z.enum(['data_signature', 'data-signature'], 'must be data_signature'),
  signatures: z
    .array(
      z.strictObject({
        signed_object: z.strictObject({ raw_text: z.string().min(1, 'must not be empty') }),
        authenticity,
        signer,
        authentication_type: z.literal('opt-in', 'must be opt-in'),
      }),
    )
    .min(1, 'must hold at least one signature'),
});

function isWallTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return false;
  const instant = new Date(`${text.replace(' ', 'T')}Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text.replace(' ', 'T'));
}

function isDocument(text: string): boolean {
  if (/^\d{11}$/.test(text)) return parseCpf(text).ok;
  return /^[0-9A-Z]{12}\d{2}$/.test(text) && parseCnpj(text).ok;
}
