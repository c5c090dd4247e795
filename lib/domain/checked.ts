/** The outcome of reading something a person or a program typed: the clean value, or the code of the rule it breaks. */
export type Checked<T, Code extends string> = { ok: true; value: T } | { ok: false; code: Code };
