import { z } from 'zod';

/**
 * What the accept form posts. Boxes count only with their own value; everything that the browser reports about itself is optional,
 * short, and kept as a report of the browser. A value out of shape is dropped, never a reason to refuse a signature.
 */
const report = (shape: RegExp) => z.string().regex(shape).optional().catch(undefined);

export const acceptForm = z.object({
  agreeContract: z.literal('yes').optional().catch(undefined),
  agreeMethod: z.literal('yes').optional().catch(undefined),
  offer: z.string().max(4096).optional().catch(undefined),
  displayCheck: z.enum(['match', 'mismatch', 'unavailable']).optional().catch(undefined),
  displayedSha256: report(/^[0-9a-f]{64}$/),
  viewport: report(/^\d{1,5}x\d{1,5}$/),
  pixelRatio: report(/^\d{1,2}(\.\d{1,3})?$/),
  timeZone: report(/^[A-Za-z0-9_+/-]{1,64}$/),
});
export type AcceptForm = z.output<typeof acceptForm>;
