/** Shapes of JSON values as type guards that can be put together. Members are looked for on the object itself, never on its prototype. */
export type Shape<T> = (value: unknown) => value is T;
type Of<S> = S extends Shape<infer T> ? T : never;
type Shapes = Record<string, Shape<unknown>>;
type Members<R extends Shapes, O extends Shapes> = { [K in keyof R]: Of<R[K]> } & { [K in keyof O]?: Of<O[K]> };
type NoShapes = Record<never, never>;

export const string: Shape<string> = (value): value is string => typeof value === 'string';
export const boolean: Shape<boolean> = (value): value is boolean => typeof value === 'boolean';
export const count: Shape<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
export const anything: Shape<unknown> = (value): value is unknown => value !== undefined;
export const record: Shape<Record<string, unknown>> = (value): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** 32 bytes in lower-case hexadecimal. */
export const hash: Shape<string> = matching(/^[0-9a-f]{64}$/);

/** RFC 3339 in UTC with milliseconds, and a day that the calendar has, which begins with the year 1. */
export const instant: Shape<string> = (value): value is string => {
  if (typeof value !== 'string' || !/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
};

/** A text of that form, from its first character to its last where the pattern says so. */
export function matching(pattern: RegExp): Shape<string> {
  return (value): value is string => typeof value === 'string' && pattern.test(value);
}

/** One of a closed list; whatever is not on it has no meaning in this format. */
export function oneOf<const T extends string | number>(...values: readonly T[]): Shape<T> {
  return (value): value is T => values.some((known) => known === value);
}

/** A list, also an empty one, each item of that shape. */
export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every((item) => shape(item));
}

/** An object with any names, each value of that shape. */
export function recordOf<T>(shape: Shape<T>): Shape<Record<string, T>> {
  return (value): value is Record<string, T> => record(value) && Object.values(value).every((item) => shape(item));
}

/** An object with at least these members, and where they are there these optional ones. */
export function members<R extends Shapes, O extends Shapes = NoShapes>(
  required: R,
  optional?: O,
): Shape<Members<R, O>> {
  return (value): value is Members<R, O> =>
    record(value) &&
    Object.entries(required).every(([name, shape]) => Object.hasOwn(value, name) && shape(value[name])) &&
    Object.entries(optional ?? {}).every(([name, shape]) => !Object.hasOwn(value, name) || shape(value[name]));
}

/** The same, and no other member. */
export function exactly<R extends Shapes, O extends Shapes = NoShapes>(
  required: R,
  optional?: O,
): Shape<Members<R, O>> {
  const has = members(required, optional);
  return (value): value is Members<R, O> =>
    has(value) &&
    Object.keys(value).every((name) => Object.hasOwn(required, name) || Object.hasOwn(optional ?? {}, name));
}
