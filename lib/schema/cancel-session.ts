import { z } from 'zod';
import { plainString } from './plain-string.ts';

/** Optional body of `DELETE /signing/{id}`. */
export const cancelSessionBody = z
  .strictObject({ reason: plainString({ max: 500 }).exactOptional() })
  .meta({ id: 'CancelSession' });
export type CancelSessionInput = z.output<typeof cancelSessionBody>;
