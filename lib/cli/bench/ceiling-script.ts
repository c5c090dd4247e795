import type { RoundTrip, SentStatement } from './wire-recording.ts';

/** What was sent for the acceptance of one session. */
export type RecordedAcceptance = { sessionId: string; debtKey: string; trips: RoundTrip[] };

/** A script for pgbench and the values that it is given on the command line. */
export type CeilingScript = { script: string; constants: Map<string, string> };

/**
 * The same statements in the same round trips as a recorded acceptance, for pgbench. What two acceptances have in common, and what only
 * has a size (sealed bytes, times), is a constant; what tells one session from another is computed from its number `:n`.
 * Numbers run from `:first`, a `:share` of them for each client; the ids are those of `sessionIdOf` and `debtKeyOf`.
 */
export function ceilingScript(one: RecordedAcceptance, other: RecordedAcceptance): CeilingScript {
  const constants = new Map<string, string>();
  const names = new Map<string, string>();
  const constant = (text: string) => {
    const name = names.get(text) ?? `v${names.size}`;
    names.set(text, name);
    constants.set(name, text);
    return `:${name}`;
  };
  const trips = one.trips.map((trip, at) =>
    trip.flatMap((statement, index) => {
      const twin = other.trips[at]?.[index];
      if (twin?.text !== statement.text) throw new Error('two acceptances did not send the same statements');
      const expressions = statement.values.map((value, parameter) =>
        expressionFor({ value, twin: twin.values[parameter], parameter, session: one, constant }),
      );
      return commandsOf(statement, expressions);
    }),
  );
  const script = ['\\set i :i + 1', '\\set n :first + :client_id * :share + :i', ...trips.map(roundTrip)].join('\n');
  return { script: `${script}\n`, constants };
}

type Parameter = {
  value: unknown;
  twin: unknown;
  parameter: number;
  session: RecordedAcceptance;
  constant: (text: string) => string;
};

function expressionFor({ value, twin, parameter, session, constant }: Parameter): string {
  if (value === null || value === undefined) return 'NULL';
  const text = wireText(value);
  if (value === session.sessionId) return 'md5(:n::text)::uuid';
  if (value === session.debtKey) return "('bench-' || :n::text)";
  // No two events may have one hash, and those of two sessions could, written in the same millisecond.
  if (isHash(value) && isHash(twin) && text !== wireText(twin))
    return `sha256((:n::text || ${constant(`-${parameter}`)})::bytea)`;
  // A receipt code or an offer's id: unique, of the same length or near it.
  if (typeof value === 'string' && value !== twin)
    return `(:n::text || ${constant('-'.padEnd(Math.max(2, text.length - 5), String(parameter)))})`;
  return constant(text);
}

const isHash = (value: unknown): boolean => value instanceof Uint8Array && value.length === 32;

/** As the driver would write it, but for bytes, which pgbench can only pass in hexadecimal. */
function wireText(value: unknown): string {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A text without parameters may hold several commands, as the opening of a transaction does. */
function commandsOf({ text, values }: SentStatement, expressions: string[]): string[] {
  if (values.length === 0) return text.split(/;\s*/).map((command) => `${command};`);
  return [`${text.replace(/\$(\d+)/g, (_, number) => expressions[Number(number) - 1] ?? 'NULL').trim()};`];
}

function roundTrip(commands: string[]): string {
  return commands.length === 1 ? String(commands[0]) : ['\\startpipeline', ...commands, '\\endpipeline'].join('\n');
}
