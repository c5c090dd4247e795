import { openDatabase } from '#lib/db/database.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { acceptContract } from '#lib/usecases/signer/accept-contract.ts';
import type { BenchPortal } from './bench-portal.ts';
import { inParallel } from './in-parallel.ts';
import { type WaitingAct, waitingActs } from './waiting-sessions.ts';

export type AcceptRate = { perSecond: number; cpuMsEach: number };

/** Presses the button for each of the sessions, from so many clients at once, each on a connection that it finds open. */
export async function acceptRate(
  portal: BenchPortal,
  url: string,
  numbers: number[],
  clients: number,
): Promise<AcceptRate> {
  const acts = await waitingActs(portal, numbers);
  // New connections, as pgbench has them; making them is not timed on either side.
  const db = openDatabase({ url, connectionsMax: clients, onIdleError: () => undefined });
  const connections = await Promise.all(Array.from({ length: clients }, () => db.pool.connect()));
  for (const connection of connections) connection.release();
  const ctx = { ...portal.ctx, db };
  const started = { at: performance.now(), cpu: process.cpuUsage() };
  await inParallel(acts, clients, (act) => acceptOne(ctx, act));
  const seconds = (performance.now() - started.at) / 1000;
  const { user, system } = process.cpuUsage(started.cpu);
  await db.end();
  return { perSecond: numbers.length / seconds, cpuMsEach: (user + system) / 1000 / numbers.length };
}

/** Throws when the acceptance did not lead to its receipt: a figure of refusals would be worth nothing. */
export async function acceptOne(ctx: UseCaseContext, { signer, form }: WaitingAct): Promise<void> {
  const result = await acceptContract(ctx, signer, form);
  if (result.kind !== 'go' || result.page !== 'receipt')
    throw new Error(`a session was not accepted: ${JSON.stringify(result)}`);
}
