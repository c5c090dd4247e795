import { listStampDebts } from '#lib/db/log-stamp-queue.ts';
import type { UseCaseContext } from '../context.ts';
import { appScope } from '../no-workspace.ts';

/** What an authority still owes. `reason`: why, when it was asked in vain the last time. */
export type StampDebt = { authority: string; pending: number; oldestSeconds: number; reason?: string };

/** The stamps that are still missing, for each authority of the program. */
export async function stampDebts(ctx: Pick<UseCaseContext, 'db' | 'timeStampAuthorities'>): Promise<StampDebt[]> {
  const names = ctx.timeStampAuthorities.map(({ name }) => name);
  if (names.length === 0) return [];
  const rows = await ctx.db.transaction(appScope, (tx) => listStampDebts(tx, names));
  return rows.map(({ authority, pending, oldest_seconds, reason }) => ({
    authority,
    pending: Number(pending),
    oldestSeconds: Math.max(0, oldest_seconds),
    ...(reason !== null && { reason }),
  }));
}
