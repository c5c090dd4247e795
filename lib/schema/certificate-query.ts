import { z } from 'zod';

/** `GET /signing/{id}/certificate`. */
export const certificateQuery = z.strictObject({
  version: z
    .enum(['shared', 'court'])
    .default('shared')
    .describe('shared masks personal data; court shows them, because courts ask who.'),
});
