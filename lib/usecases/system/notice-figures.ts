import type { UseCaseContext } from '../context.ts';

/** Notices of the lender that are still to be worked on, and for how long the oldest has been. */
export type NoticeFigure = { unworked: number; oldestSeconds: number };

const figures = { name: 'notice_figures', text: 'SELECT unworked, oldest_seconds FROM notice_figures()' };

export async function noticeFigures(ctx: UseCaseContext): Promise<NoticeFigure> {
  const [row] = await ctx.db.door<{ unworked: string; oldest_seconds: number }>(figures, []);
  return { unworked: Number(row?.unworked ?? 0), oldestSeconds: Math.max(0, row?.oldest_seconds ?? 0) };
}
