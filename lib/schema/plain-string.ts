import { z } from 'zod';
import type { FieldCode, RefusalDetails } from '#lib/domain/field-messages.ts';
import { checkPlainString } from '#lib/domain/plain-string.ts';
import { refuse } from './field-refusals.ts';

type Limits = { max: number; min?: number; allowsLines?: boolean };
type Fault = { code: FieldCode; details?: RefusalDetails };

/**
 * A string for people: `min` (1 unless told) to `max` characters counted as Unicode code points, as Postgres and JSON Schema count
 * them; well-formed, no NUL, no control characters but, where lines are allowed, tab and line feed.
 */
export function plainString({ max, min = 1, allowsLines = true }: Limits) {
  return z
    .string()
    .superRefine((text, ctx) => {
      const fault = faultOf(text, { max, min, allowsLines });
      if (fault) refuse(ctx, fault.code, fault.details);
    })
    .meta({ minLength: min, maxLength: max });
}

/** Reads a string with a rule of `lib/domain`: its value when accepted, its code and numbers when not. */
export function readBy<Value>(parse: (typed: string) => { ok: true; value: Value } | { ok: false; code: FieldCode }) {
  return z.string().transform((typed, ctx): Value => {
    const answer = faultOf(typed, typedLimits) ?? parse(typed);
    if ('ok' in answer && answer.ok) return answer.value;
    refuse(ctx, answer.code, 'details' in answer ? answer.details : detailsOf(answer));
    return z.NEVER;
  });
}

/** No rule of the domain takes more characters; longer texts are refused before any of them is read. */
const typedLimits = { min: 0, max: 1_000, allowsLines: true } as const;

function faultOf(text: string, { max, min, allowsLines }: Required<Limits>): Fault | undefined {
  const plain = checkPlainString(text);
  if (!plain.ok) return { code: plain.code, details: { codePoint: plain.place.codePoint } };
  if (!allowsLines && /[\t\n]/.test(text))
    return { code: 'string_control_character', details: { codePoint: 'U+000A' } };
  const length = [...text].length;
  if (length < min) return { code: min === 1 ? 'empty' : 'too_short', details: { min } };
  return length > max ? { code: 'too_long', details: { max } } : undefined;
}

/** What a refusal of the domain carries beside its code: counts and names for the message. */
function detailsOf(refusal: object): RefusalDetails {
  const isSaid = ([name, value]: [string, unknown]) =>
    name !== 'ok' && name !== 'code' && (typeof value === 'string' || typeof value === 'number');
  return Object.fromEntries(Object.entries(refusal).filter(isSaid));
}
