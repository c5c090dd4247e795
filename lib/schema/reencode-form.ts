import { z } from 'zod';
import { bodyForms } from '#lib/domain/body-form.ts';
import { reencodeDecisions } from '#lib/domain/reencode.ts';

/** The form in which staff propose to have a body spelled otherwise: one of the known spellings for each field, and no bytes. */
export const reencodeForm = z.object({
  type: z.enum(bodyForms.type),
  timestamp: z.enum(bodyForms.timestamp),
  countryCode: z.enum(bodyForms.countryCode),
});

export const reencodeDecision = z.enum(reencodeDecisions);
