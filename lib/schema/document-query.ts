import { z } from 'zod';

/** Query of `GET /signing/{id}/document`. */
export const documentQuery = z.strictObject({
  signature: z
    .string()
    .max(4_096)
    .regex(/^[A-Za-z0-9_.-]+$/)
    .exactOptional()
    .describe('From documentUrl; stands in for the API key for 10 minutes.'),
});
