/** Leaves out what is not there: an optional field without a value is absent, never null. */
export function withoutAbsent<T extends object>(fields: T): WithoutAbsent<T> {
  // Object.fromEntries forgets the names; what is left are the same members.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as WithoutAbsent<T>;
}

/** What may be missing becomes optional; what is always there stays so. */
type WithoutAbsent<T> = { [K in keyof T as IsThere<T[K]> extends true ? K : never]: T[K] } & {
  [K in keyof T as IsThere<T[K]> extends true ? never : K]?: NonNullable<T[K]>;
};

type IsThere<V> = [V & (null | undefined)] extends [never] ? true : false;
