import { kindsOfEvents, logEntryKinds } from '#lib/domain/log-entry-kind.ts';

/** The bytes of the log's entries in SQL, as `logEntry` writes them: a byte that says what it is of, then the hash. Arguments are SQL. */

const { statement, ...eventKinds } = logEntryKinds;

const byteOf = (kind: number): string => `'\\x${kind.toString(16).padStart(2, '0')}'::bytea`;

const kindBytes = Object.entries(kindsOfEvents).map(
  ([type, kind]) => `WHEN '${type}' THEN ${byteOf(logEntryKinds[kind])}`,
);

/** The one entry that an event of this type may have. */
export const eventEntry = (hash: string, type: string): string =>
  `(CASE ${type} ${kindBytes.join(' ')} ELSE ${byteOf(eventKinds.event)} END || ${hash})`;

/** For the right side of `=`: the entries of an event, whatever the log says that it is. */
export const anyEventEntry = (hash: string): string =>
  `ANY (ARRAY[${Object.values(eventKinds).map((kind) => `${byteOf(kind)} || ${hash}`)}])`;

export const statementEntry = (hash: string): string => `(${byteOf(statement)} || ${hash})`;

export const isEventEntry = (entry: string): string =>
  `get_byte(${entry}, 0) IN (${Object.values(eventKinds).join(', ')})`;

export const isStatementEntry = (entry: string): string => `get_byte(${entry}, 0) = ${statement}`;

export const hashIn = (entry: string): string => `substring(${entry} FROM 2)`;

/** The entry that waits in a row of `log_queue`. */
export const waitingEntry = (row: string): string => `(set_byte('\\x00'::bytea, 0, ${row}.kind) || ${row}.hash)`;
