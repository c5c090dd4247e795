import { z } from 'zod';
import { instant } from './session.ts';

/** The calls to the lender as staff see them; what was sent and answered only once somebody has said why. */

const deliveryCall = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['submit', 'query']),
  startedAt: instant,
  endedAt: instant,
  /** The class of what came back. */
  outcome: z.string(),
  reason: z.string(),
  /** False for an answer that came when another worker had the delivery: kept, without effect. */
  counted: z.boolean(),
  httpStatus: z.int().exactOptional(),
  /** Of the bytes that went out, in hexadecimal; a question has none. */
  sha256: z.string().exactOptional(),
  /** Headers and body as they came. */
  answer: z.string().exactOptional(),
});
export type DeliveryCall = z.output<typeof deliveryCall>;

export const deliveryCalls = z.strictObject({
  orderId: z.string(),
  /** Whether this person may see the bytes for a reason. */
  mayReveal: z.boolean(),
  calls: z.array(deliveryCall),
  /** The bytes that every submission sent. */
  sent: z.string().exactOptional(),
});
export type DeliveryCalls = z.output<typeof deliveryCalls>;
