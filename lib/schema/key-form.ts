import { z } from 'zod';
import { hourMs, overlapHours } from '#lib/domain/overlap.ts';
import { apiScopes } from '#lib/domain/roles.ts';

/** One per line; empty lines are left out. */
const lines = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,;]+/).filter((line) => line !== ''));

/** A day is good until it is over where the merchants are; Brazil has kept no summer time since 2019. */
const lastDay = z
  .union([z.literal(''), z.iso.date()])
  .default('')
  .transform((day) => (day === '' ? undefined : `${day}T23:59:59-03:00`));

/** The box of a scope on the page. */
export const scopeField = (scope: (typeof apiScopes)[number]): string => scope.replace(':', '-');

/** The form that makes a key, as the page sends it; its fields are read again as those of any new key. */
export const keyForm = z
  .object({
    keyId: z.string(),
    name: z.string().transform((name) => name.trim()),
    ...Object.fromEntries(apiScopes.map((scope) => [scopeField(scope), z.string().optional()])),
    returnOrigins: lines,
    allowedAddresses: lines,
    lastDay,
  })
  .transform(({ keyId, name, returnOrigins, allowedAddresses, lastDay: expiresAt, ...boxes }) => {
    const ticked: Record<string, unknown> = boxes;
    const scopes = apiScopes.filter((scope) => ticked[scopeField(scope)] === 'yes');
    return { keyId, key: { name, scopes, returnOrigins, allowedAddresses, ...(expiresAt && { expiresAt }) } };
  });

/** The form that rotates a key: how many hours the old one goes on. */
export const rotateForm = z.object({
  keyId: z.string(),
  apiKeyId: z.string(),
  overlapHours: z
    .string()
    .trim()
    .regex(/^\d{1,3}$/)
    .refine((hours) => Number(hours) <= overlapHours.apiKey.most)
    .transform((hours) => Number(hours) * hourMs),
});
