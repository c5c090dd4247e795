import { z } from 'zod';
import { sessionStatuses } from '#lib/domain/session-state.ts';
import { debtKey, orderId } from './create-session.ts';

const pageSize = { usual: 20, max: 100 } as const;
/** Longer than any cursor of ours; a stranger's text is refused before it is decoded. */
const cursorLengthMax = 300;

/** Query of `GET /signing`. Values arrive as strings; unknown names are refused. */
export const listQuery = z.strictObject({
  status: z.enum(sessionStatuses).optional(),
  orderId: orderId.optional(),
  debtKey: debtKey.optional(),
  limit: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(pageSize.max))
    .default(pageSize.usual)
    .meta({ type: 'integer', minimum: 1, maximum: pageSize.max, default: pageSize.usual, pattern: undefined }),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(cursorLengthMax)
    .optional(),
});

export type ListQuery = z.output<typeof listQuery>;

/** For operations without a query: every parameter is unknown. */
export const noQuery = z.strictObject({});
