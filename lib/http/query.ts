import type { z } from 'zod';
import { checked, type FieldRefusal } from '#lib/schema/field-refusals.ts';

/** Parses the query strictly: unknown names, and names given twice, are refused like wrong values. */
export function readQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: URLSearchParams,
): { ok: true; value: z.output<Schema> } | { ok: false; errors: FieldRefusal[] } {
  const names = [...new Set(query.keys())];
  const twice = names.filter((name) => query.getAll(name).length > 1);
  if (twice.length > 0) {
    return { ok: false, errors: twice.map((name) => ({ pointer: `/${name}`, code: 'given_twice' })) };
  }
  return checked(schema, Object.fromEntries(query));
}
