import { answerFigures } from '#lib/http/answer-figures.ts';
import { deliveryFigures } from '#lib/usecases/system/delivery-figures.ts';
import { stampDebts } from '#lib/usecases/system/stamp-debts.ts';

/** Figures for Prometheus; without the database it still tells about the process. */
export function GET(): Promise<Response> {
  return answerFigures(async (program) => {
    const [deliveries, stamps] = await Promise.all([deliveryFigures(program), stampDebts(program)]);
    return { deliveries, stamps };
  });
}
