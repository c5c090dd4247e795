import { z } from 'zod';
import { apiScopes } from '#lib/domain/roles.ts';

/** `application/problem+json` (RFC 9457), the one shape of every error of the API. */
export const problem = z
  .strictObject({
    type: z.url().describe('Address of the page that explains this code and its way out.'),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string().describe('The X-Request-Id of this answer; quote it to whoever runs the portal.'),
    errors: z
      .array(
        z.strictObject({
          pointer: z
            .string()
            .describe('RFC 6901 pointer into the body; for a query, the name of the parameter after a slash.'),
          code: z.string(),
          message: z.string(),
          codePoint: z.string().exactOptional().describe('contract_text_invalid: the character, as U+XXXX.'),
          offset: z.int().exactOptional().describe('contract_text_invalid: code points before it.'),
          byteOffset: z.int().exactOptional().describe('contract_text_invalid: bytes of UTF-8 before it.'),
          line: z.int().exactOptional().describe('contract_text_invalid: line, from 1; lines end at LF.'),
          column: z.int().exactOptional().describe('contract_text_invalid: code point in the line, from 1.'),
        }),
      )
      .exactOptional(),
    missingScope: z.enum(apiScopes).exactOptional().describe('forbidden: the scope that the key lacks.'),
    signingSessionId: z.uuid().exactOptional().describe('The session that stands in the way.'),
    completedAt: z.string().exactOptional(),
    firstUsedAt: z.string().exactOptional().describe('When the idempotency key was first used.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problem>;
