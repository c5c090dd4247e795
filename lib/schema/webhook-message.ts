import { z } from 'zod';
import { deliveryStatuses } from '#lib/domain/delivery-state.ts';
import { failureReasons } from '#lib/domain/session-state.ts';
import { testType, webhookTypes } from '#lib/domain/webhook-type.ts';
import { instant, sha256Hex } from './session.ts';
import { interfaceLanguages, providers } from './session-terms.ts';

/** Of what is told nothing is null: what has not happened is absent, here as in the rest of the message. */
const delivery = z
  .strictObject({
    status: z.enum(deliveryStatuses),
    attempts: z.int().min(0),
    lastAttemptAt: instant.exactOptional(),
    deliveredAt: instant.exactOptional(),
    lenderCode: z
      .string()
      .exactOptional()
      .describe("Only in lender.* and, of a refused signature, in evidence.final: the lender's code, if it gave one."),
  })
  .describe('Where the acceptance is on its way to the lender.');

const objection = z
  .strictObject({
    kind: z.enum(['withdrawal_requested', 'disputed']),
    from: z.enum(['accepter', 'other_holder']).describe('The browser that accepted, or another that holds the link.'),
  })
  .describe('Only in signing_session.disputed.');

const always = {
  signingSessionId: z.uuid(),
  sequence: z.int().min(1).describe('Grows within a session, with gaps.'),
  orderId: z.string(),
  debtKey: z.string(),
  provider: z.enum(providers),
  language: z.enum(interfaceLanguages),
  createdAt: instant,
  expiresAt: instant,
  contract: z.strictObject({
    language: z.string().exactOptional(),
    sha256: sha256Hex,
    byteLength: z.int().min(1),
  }),
};

/** The session as it stood when the message was made: what is open in it, and nothing of a person. The database writes it (`webhook_session`). */
export const webhookSession = z.discriminatedUnion('status', [
  z.strictObject({ ...always, status: z.enum(['PENDING', 'IN_PROGRESS', 'EXPIRED']) }),
  z.strictObject({
    ...always,
    status: z.literal('COMPLETED'),
    completedAt: instant,
    receiptCode: z.string(),
    delivery,
    objection: objection.exactOptional(),
  }),
  z.strictObject({ ...always, status: z.literal('FAILED'), failureReason: z.enum(failureReasons) }),
  z.strictObject({ ...always, status: z.literal('CANCELLED'), cancelledAt: instant }),
]);

const envelope = { eventId: z.uuid(), occurredAt: instant };

/** What comes to a merchant's receiver. A message is read by others for years: fields are added to it, never taken away. */
export const webhookMessage = z.discriminatedUnion('type', [
  z.strictObject({ ...envelope, type: z.enum(webhookTypes), data: webhookSession }),
  z.strictObject({ ...envelope, type: z.literal(testType), data: z.strictObject({ endpointId: z.uuid() }) }),
]);
