/** Of every command that works in a workspace and that scripts may read. */
export const sharedOptions = { workspace: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

/** What such a command prints with `--json`. */
export const asJson = (value: unknown): string => JSON.stringify(value, null, 2);
