import { inParallel } from './in-parallel.ts';
import { cpuMsOf } from './process-usage.ts';
import type { Scale } from './scale.ts';
import { countStatements, type StatementCount } from './statement-count.ts';

/** One kind of request, made as often as it is asked for. */
export type RequestKind = { name: string; send(): Promise<void> };

/** What each request of a kind costs. CPU is that of the web process alone, in milliseconds, once per round. */
export type RequestCost = { name: string; cpuMs: number[]; statements: StatementCount | undefined };

export type Observed = { pid: number; statisticsUrl: string; databaseUrl: string };

/** A server is rarely asked one thing at a time. */
const requestsAtOnce = 4;

/** Measures all kinds in turn, round after round, once each has been asked often enough to be compiled. */
export async function measureCosts(kinds: RequestKind[], observed: Observed, scale: Scale): Promise<RequestCost[]> {
  for (const kind of kinds) await repeat(kind, scale.warmUpRequests);
  const costs: RequestCost[] = kinds.map(({ name }) => ({ name, cpuMs: [], statements: undefined }));
  for (let round = 1; round <= scale.rounds; round += 1) {
    for (const [index, kind] of kinds.entries()) {
      const cost = costs[index];
      if (cost) await measureRound(kind, cost, observed, scale.requests);
    }
  }
  return costs;
}

async function measureRound(kind: RequestKind, cost: RequestCost, observed: Observed, requests: number): Promise<void> {
  const before = await cpuMsOf(observed.pid);
  const counted = await countStatements(observed, () => repeat(kind, requests));
  const after = await cpuMsOf(observed.pid);
  if (before !== undefined && after !== undefined) cost.cpuMs.push((after - before) / requests);
  cost.statements = counted && { inside: counted.inside / requests, withFrame: counted.withFrame / requests };
}

function repeat({ send }: RequestKind, times: number): Promise<void> {
  return inParallel(Array.from({ length: times }), requestsAtOnce, send);
}
