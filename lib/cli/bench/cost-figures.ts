import { type Figure, ofRounds } from './figure.ts';
import { procMissing } from './process-usage.ts';
import type { RequestCost } from './request-cost.ts';

/** CPU and statements of each kind of request, beside the most that each may cost, where there is such a goal. */
export function costFigures(
  part: string,
  costs: RequestCost[],
  atMost?: { cpuMs: number; statements: number },
): Figure[] {
  const goal = (value: number | undefined) =>
    value === undefined ? {} : { goal: { kind: 'at most', value } as const };
  const cpu = costs.map(
    ({ name, cpuMs }): Figure => ({
      part,
      name: `${name}: CPU of the web process`,
      unit: 'ms',
      ...goal(atMost?.cpuMs),
      ...(cpuMs.length > 0 ? ofRounds(cpuMs) : { note: procMissing }),
    }),
  );
  const statements = costs.map(({ name, statements: counted }): Figure => {
    const figure = { part, name: `${name}: statements`, unit: '', ...goal(atMost?.statements) };
    if (!counted) return { ...figure, note: 'this Postgres has no pg_stat_statements' };
    return { ...figure, value: counted.inside, note: `${counted.withFrame} with BEGIN and COMMIT` };
  });
  return [...cpu, ...statements];
}
