import { answerFigures } from '#lib/http/answer-figures.ts';
import { deliveryFigures } from '#lib/usecases/system/delivery-figures.ts';

/** Figures for Prometheus; without the database it still tells about the process. */
export function GET(): Promise<Response> {
  return answerFigures(deliveryFigures);
}
