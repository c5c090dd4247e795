import { type Program, program } from '#lib/program.ts';
import { isDatabaseAway } from './faults.ts';
import { type DatabaseFigures, metricsText } from './metrics-text.ts';
import { apiHeaders } from './problem.ts';

/** The answer of /metrics. A database that is away is a figure, not a failure: the process can still be watched. */
export async function answerFigures(read: (program: Program) => Promise<DatabaseFigures>): Promise<Response> {
  const known = await read(program()).catch((error: unknown) => {
    if (isDatabaseAway(error)) return undefined;
    throw error;
  });
  const headers = { ...apiHeaders, 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' };
  return new Response(metricsText(known), { headers });
}
