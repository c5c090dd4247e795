import type { UseCaseContext } from '../context.ts';

export type DeliveryFigure = { status: string; howMany: number; oldestSeconds: number };

const figures = { name: 'delivery_figures', text: 'SELECT status, how_many, oldest_seconds FROM delivery_figures()' };

/** Deliveries that are not at their end, counted by status over all workspaces: figures without any identity. */
export async function deliveryFigures(ctx: Pick<UseCaseContext, 'db'>): Promise<DeliveryFigure[]> {
  const rows = await ctx.db.door<{ status: string; how_many: string; oldest_seconds: number }>(figures, []);
  return rows.map((row) => ({
    status: row.status,
    howMany: Number(row.how_many),
    oldestSeconds: Math.max(0, row.oldest_seconds),
  }));
}
