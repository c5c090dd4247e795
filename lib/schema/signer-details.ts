import * as z from 'zod/mini';
import { parseEmail } from '#lib/domain/email.ts';
import { parseIdentity } from '#lib/domain/identity.ts';
import { parsePersonName } from '#lib/domain/person-name.ts';
import { parseBrazilianPhone } from '#lib/domain/phone.ts';
import { type DetailField, detailFields } from '#lib/domain/signer-detail.ts';

type Answer = ReturnType<
  typeof parsePersonName | typeof parseEmail | typeof parseIdentity | typeof parseBrazilianPhone
>;
export type DetailFaultCode = `${DetailField}_empty` | Extract<Answer, { ok: false }>['code'];

/** Why one detail is refused, with the counts that its sentence names. Never what was typed. */
export type DetailFault = { code: DetailFaultCode; details?: Record<string, number> };

export type DetailsAnswer =
  | { ok: true; values: Partial<Record<DetailField, string>> }
  | { ok: false; errors: Partial<Record<DetailField, DetailFault>> };

/**
 * The details form's rules, the same for server and browser: reads every field that `typed` holds and returns all canonical values, or
 * every fault at once. Built on the small half of Zod, because phones load it at the first touch of the form.
 */
export function checkDetails(typed: Partial<Record<DetailField, string>>): DetailsAnswer {
  const values: Partial<Record<DetailField, string>> = {};
  const errors: Partial<Record<DetailField, DetailFault>> = {};
  for (const field of detailFields) {
    if (typed[field] === undefined) continue;
    const read = readers[field].safeParse(typed[field]);
    if (read.success) values[field] = read.data;
    else errors[field] = faultOf(read.error);
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, values };
}

const readers = {
  name: detail('name', parsePersonName),
  email: detail('email', parseEmail),
  identity: detail('identity', parseIdentity),
  phone: detail('phone', parseBrazilianPhone),
} satisfies Record<DetailField, z.ZodMiniType<string>>;

/** One field: an empty one is told apart, everything else is the matter of the rule in `lib/domain`. */
function detail(field: DetailField, parse: (typed: string) => Answer) {
  const read = z.transform((typed: string, context): string => {
    const answer: Answer | Empty = typed.trim() === '' ? { ok: false, code: `${field}_empty` } : parse(typed);
    if (answer.ok) return typeof answer.value === 'string' ? answer.value : answer.value.value;
    const { ok: _, ...params } = answer;
    context.issues.push({ code: 'custom', params, input: typed });
    return z.NEVER;
  });
  return z.pipe(z.string(), read);
}

type Empty = { ok: false; code: `${DetailField}_empty` };

/** The rule's refusal, as `detail` put it into the issue: its code, and beside it the counts. */
function faultOf(error: z.core.$ZodError): DetailFault {
  const [issue] = error.issues;
  if (issue?.code !== 'custom') throw new TypeError('A detail is a text.');
  const { code, ...details } = issue.params as { code: DetailFaultCode } & Record<string, number>;
  return Object.keys(details).length > 0 ? { code, details } : { code };
}
