import { z } from 'zod';
import { noticeEffects } from '#lib/domain/lender-notice.ts';
import { instant } from './session.ts';

/** One notice of the lender, as staff see it: its words for the debt's state and time, and what came of it. */
export const staffNotice = z.strictObject({
  id: z.uuid(),
  at: instant,
  state: z.string(),
  lenderTime: z.string().exactOptional(),
  /** Absent until the worker has come to it. */
  effect: z.enum(noticeEffects).exactOptional(),
});
export type StaffNotice = z.output<typeof staffNotice>;
