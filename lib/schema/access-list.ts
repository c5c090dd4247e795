import { z } from 'zod';
import { staffRoles } from '#lib/domain/roles.ts';
import { instant } from './session.ts';

/** One line of the inventory of accesses: who was shown or given what, when, and why when a reason was asked for. */
const accessItem = z.strictObject({
  at: instant,
  signingSessionId: z.uuid(),
  by: z.enum(['staff', 'merchant', 'signer', 'link_holder']),
  /** Of staff: the id, the name, and the role that they have now; without a role, they are no member any more. */
  userId: z.string().exactOptional(),
  name: z.string().exactOptional(),
  role: z.enum(staffRoles).exactOptional(),
  /** Of a merchant: which key. */
  apiKeyId: z.uuid().exactOptional(),
  keyName: z.string().exactOptional(),
  /** Staff: `session`, `evidence`, `dossier`, `export`. Others: `evidence`, `dossier`, `document`, `certificate`, `court_certificate`. */
  what: z.string(),
  /** How often on this day, and when last; staff have a line each time. */
  count: z.int(),
  lastAt: instant,
  requestId: z.string().exactOptional(),
  reason: z.string().exactOptional(),
});
export type AccessItem = z.output<typeof accessItem>;

/** Newest first. */
export const accessList = z.strictObject({ items: z.array(accessItem), nextCursor: z.string().nullable() });
export type AccessList = z.output<typeof accessList>;
