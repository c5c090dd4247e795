import type { Finding, FindingCode } from './finding.ts';

/** Takes down one finding about the session at hand. */
export type Report = (code: FindingCode, table: string, column?: string, place?: string) => void;

export function reportTo(findings: Finding[], sessionId: string): Report {
  return (code, table, column, place) => {
    findings.push({ code, table, sessionId, ...(column && { column }), ...(place && { place }) });
  };
}

/** Columns by name with the value that is there and the one that must be. */
type Values = Record<string, [is: unknown, mustBe: unknown]>;

/** Reports every column that has another value than it must have. Nothing (null) and absent are the same. */
export function reportValues(report: Report, table: string, values: Values, place?: string): void {
  for (const [column, [is, mustBe]] of Object.entries(values))
    if (plain(is) !== plain(mustBe)) report('value_altered', table, column, place);
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return value instanceof Date ? value.toISOString() : String(value);
}

/** The clock of a server may be put right between two writes; what it says is off by more only when somebody wrote it. */
const clockToleranceMs = 5 * 60_000;

/** For moments that no event repeats to the millisecond: whether one lies between two that events vouch for. */
export function isBetween(at: Date, from: Date, to: Date): boolean {
  return at.getTime() >= from.getTime() - clockToleranceMs && at.getTime() <= to.getTime() + clockToleranceMs;
}
