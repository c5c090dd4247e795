import { z } from 'zod';
import { reencodeDecision, reencodeForm } from './reencode-form.ts';
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

const reencodeView = z.strictObject({
  /** How the body is spelled that goes out now; absent beside a proposal of which a body no longer opens. */
  form: reencodeForm.exactOptional(),
  /** Without one another spelling may be proposed. */
  open: z
    .strictObject({
      id: z.uuid(),
      proposedBy: z.string(),
      proposedAt: instant,
      reason: z.string().exactOptional(),
      /** Absent when a body no longer opens: then the proposal can be ended and not approved. */
      changes: reencodeForm.partial().exactOptional(),
      /** Made by whoever looks at it. */
      isOwn: z.boolean(),
      /** What whoever looks at it may do about it. */
      decisions: z.array(reencodeDecision),
    })
    .exactOptional(),
});
export type ReencodeView = z.output<typeof reencodeView>;

export const deliveryCalls = z.strictObject({
  orderId: z.string(),
  /** Whether this person may see the bytes for a reason. */
  mayReveal: z.boolean(),
  calls: z.array(deliveryCall),
  /** The bytes that the next submission sends, and every one has sent unless others took their place. */
  sent: z.string().exactOptional(),
  /** The bytes whose place they took, oldest first. */
  replaced: z.array(z.strictObject({ sha256: z.string(), sent: z.string() })).exactOptional(),
  /** Where this person may have the body spelled otherwise. */
  reencode: reencodeView.exactOptional(),
});
export type DeliveryCalls = z.output<typeof deliveryCalls>;
