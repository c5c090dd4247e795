import { z } from 'zod';

/** The statuses that a way back can carry. */
const landingStatus = z.enum(['COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED']);

/** The query of `/return`. Anybody can write one, so nothing follows from it; a value out of shape is as good as absent. */
export const landingQuery = z.object({
  signingSessionId: z.uuid().optional().catch(undefined),
  status: landingStatus.optional().catch(undefined),
});
