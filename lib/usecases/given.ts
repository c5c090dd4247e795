/** Leaves out what is not there: an optional field without a value is absent, never null. */
export function given<T extends Record<string, unknown>>(fields: T): Given<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Given<T>;
}

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };
