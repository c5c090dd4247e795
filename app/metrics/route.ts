import { answerFigures } from '#lib/http/answer-figures.ts';
import { backupFigures } from '#lib/usecases/system/backup-figures.ts';
import { deliveryFigures } from '#lib/usecases/system/delivery-figures.ts';
import { drillFigures } from '#lib/usecases/system/drill-figures.ts';
import { lenderWatchFigures } from '#lib/usecases/system/lender-watch-figures.ts';
import { logFigures } from '#lib/usecases/system/log-figures.ts';
import { noticeFigures } from '#lib/usecases/system/notice-figures.ts';
import { stampDebts } from '#lib/usecases/system/stamp-debts.ts';

/** Figures for Prometheus; without the database it still tells about the process. */
export function GET(): Promise<Response> {
  return answerFigures(async (program) => {
    const figures = [
      deliveryFigures(program),
      lenderWatchFigures(program),
      stampDebts(program),
      logFigures(program),
      drillFigures(program),
      noticeFigures(program),
      backupFigures(program),
    ] as const;
    const [deliveries, lender, stamps, log, drill, notices, backup] = await Promise.all(figures);
    return {
      deliveries,
      lender,
      stamps,
      log,
      notices,
      ...(drill && { drill }),
      // Of a backup that was restored here another database is to tell.
      ...(backup?.what === 'made' && { backup }),
    };
  });
}
