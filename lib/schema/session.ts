import { z } from 'zod';
import { deliveryStatuses } from '#lib/domain/delivery-state.ts';
import { failureReasons } from '#lib/domain/session-state.ts';
import { interfaceLanguages, providers, warningCodes } from './session-terms.ts';

/** An instant as every answer writes it: UTC, milliseconds, `Z`. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .meta({ format: 'date-time', examples: ['2026-11-20T14:03:22.481Z'] });

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

const signerDetails = z.strictObject({
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  identity: z.string().exactOptional().describe('CPF (11 digits) or CNPJ (14 characters), without punctuation.'),
  phone: z.string().exactOptional().describe('E.164.'),
});

const delivery = z
  .strictObject({
    status: z.enum(deliveryStatuses).describe('What each means: /docs#delivery-status.'),
    attempts: z.int().min(0),
    lastAttemptAt: instant.nullable(),
    deliveredAt: instant.nullable(),
    lenderCode: z.string().nullable(),
    lenderMessage: z.string().nullable(),
  })
  .describe(
    'Where the acceptance is on its way to the lender. COMPLETED means durable here; DELIVERED means the lender has it.',
  );

/** Of which kind an erased session was: signed, opened but not signed, never opened. */
const erased = z
  .strictObject({ at: instant, class: z.enum(['E1', 'E2', 'E3']), rule: z.enum(['term_over', 'requested']) })
  .describe(
    'Only once what was kept of the signer and the contract is erased: its term was over, or the signer asked for it. E1 was signed, E2 opened but not signed, E3 never opened.',
  );

const always = {
  signingSessionId: z.uuid(),
  orderId: z.string(),
  debtKey: z.string(),
  provider: z.enum(providers),
  language: z.enum(interfaceLanguages),
  signerDetails: signerDetails.describe('The latest values.'),
  contract: z.strictObject({
    title: z.string().exactOptional().describe('Absent once the session is erased.'),
    version: z.string().exactOptional(),
    language: z.string().exactOptional(),
    sha256: sha256Hex,
    byteLength: z.int().min(1),
  }),
  createdAt: instant,
  expiresAt: instant,
  returnUrl: z.string().exactOptional(),
  metadata: z.record(z.string(), z.string()).exactOptional(),
  erased: erased.exactOptional(),
  warnings: z
    .array(z.strictObject({ code: z.enum(warningCodes), message: z.string() }))
    .exactOptional()
    .describe('Only in the answer to create.'),
};

const open = z.strictObject({
  ...always,
  status: z.enum(['PENDING', 'IN_PROGRESS']),
  redirectUrl: z.url().describe('The signing link: send the customer there.'),
});

const completed = z.strictObject({
  ...always,
  status: z.literal('COMPLETED'),
  completedAt: instant,
  receiptCode: z.string(),
  documentUrl: z
    .url()
    .exactOptional()
    .describe(
      'The signed contract; its signature is valid for 10 minutes and made anew on each read. Absent once the session is erased.',
    ),
  delivery,
});

const failed = z.strictObject({
  ...always,
  status: z.literal('FAILED'),
  failureReason: z.enum(failureReasons),
  declineReason: z.string().exactOptional().describe("The signer's own words, if any."),
});

const expired = z.strictObject({ ...always, status: z.literal('EXPIRED') });

const cancelled = z.strictObject({
  ...always,
  status: z.literal('CANCELLED'),
  cancelledAt: instant,
  cancelReason: z.string().exactOptional(),
});

/** A session as the API shows it. Which fields are present follows from the status, so the type says it too. */
export const sessionView = z
  .discriminatedUnion('status', [open, completed, failed, expired, cancelled])
  .meta({ id: 'SigningSession' });

export type SessionView = z.output<typeof sessionView>;

export const sessionListView = z
  .strictObject({ items: z.array(sessionView), nextCursor: z.string().nullable() })
  .meta({ id: 'SigningSessionList' });
export type SessionListView = z.output<typeof sessionListView>;
