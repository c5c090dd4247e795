import { z } from 'zod';
import { type FieldCode, isFieldCode, type RefusalDetails } from '#lib/domain/field-messages.ts';

/** One wrong field: where (RFC 6901), which rule, and the numbers or names that its message needs. Never the value itself. */
export type FieldRefusal = { pointer: string; code: FieldCode; details?: RefusalDetails };

/** More faults than a body of ours has fields; without a bound 4 MiB of unknown names would be answered with 40. */
const refusalsMax = 200;

/** Parses with every fault reported at once, up to `refusalsMax`; what was typed never enters a refusal. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): { ok: true; value: z.output<Schema> } | { ok: false; errors: FieldRefusal[] } {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, errors: parsed.error.issues.flatMap(refusalsOf).slice(0, refusalsMax) };
}

/** Refuses the field being parsed with one of our own codes. */
export function refuse(ctx: z.core.$RefinementCtx, code: FieldCode, details: RefusalDetails = {}): void {
  ctx.addIssue({ code: 'custom', params: { code, details } });
}

/** RFC 6901: `~` and `/` inside a name are written `~0` and `~1`. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function refusalsOf(issue: z.core.$ZodIssue): FieldRefusal[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), code: 'unknown_field' }));
  }
  const pointer = pointerTo(issue.path);
  if (issue.code === 'custom') return [{ pointer, ...ownRefusal(issue.params) }];
  if (issue.code === 'invalid_key') return [{ pointer, code: 'name_not_allowed' }];
  if (issue.code === 'invalid_union') return (issue.errors[0] ?? []).flatMap(refusalsOf);
  return [{ pointer, ...plainRefusal(issue) }];
}

function ownRefusal(params: Record<string, unknown> | undefined): Omit<FieldRefusal, 'pointer'> {
  const { code, details } = z
    .object({ code: z.string().refine(isFieldCode), details: z.record(z.string(), z.union([z.string(), z.number()])) })
    .parse(params);
  return Object.keys(details).length > 0 ? { code, details } : { code };
}

const tooBig: Record<string, FieldCode> = { number: 'number_too_big', array: 'too_many', string: 'too_long' };
const tooSmall: Record<string, FieldCode> = { number: 'number_too_small', array: 'too_few', string: 'too_short' };

function plainRefusal(issue: z.core.$ZodIssue): Omit<FieldRefusal, 'pointer'> {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return { code: 'required' };
      return { code: issue.input === null ? 'null_not_allowed' : 'wrong_type', details: { expected: issue.expected } };
    case 'invalid_value':
      if (issue.input === undefined) return { code: 'required' };
      return { code: 'not_one_of', details: { allowed: issue.values.map(String).join(', ') } };
    case 'too_big':
      return { code: tooBig[issue.origin] ?? 'wrong_value', details: { max: Number(issue.maximum) } };
    case 'too_small':
      return { code: tooSmall[issue.origin] ?? 'wrong_value', details: { min: Number(issue.minimum) } };
    case 'invalid_format':
      return { code: 'wrong_format' };
    default:
      return { code: 'wrong_value' };
  }
}
