import { z } from 'zod';
import type { StatusClass } from '#lib/domain/status-class.ts';

/** What the request inspector shows; rows come from `usecases/staff`. */

const keptBody = z.strictObject({
  text: z.string(),
  /** Whether more was there than is kept. */
  isCut: z.boolean(),
});
export type KeptBody = z.output<typeof keptBody>;

/** What was asked and answered, as it lies sealed. */
export const keptExchange = z.strictObject({
  query: z.string(),
  /** Absent where nothing was sent, or nothing that could be read as JSON. */
  sent: keptBody.exactOptional(),
  answered: keptBody.exactOptional(),
  /** The sessions of which the answer tells. */
  shows: z.array(z.uuid()),
});
export type KeptExchange = z.output<typeof keptExchange>;

/** What the list shows, all of it in the address. */
export type RequestQuestion = {
  status?: StatusClass | undefined;
  requestId?: string | undefined;
  before?: string | undefined;
};

/** One line of the list. */
export type StaffRequestItem = {
  requestId: string;
  at: string;
  durationMs: number;
  method: string;
  /** With the session's id put in, where it was one. */
  path: string;
  sessionId?: string;
  status: number;
  code?: string;
  /** Prefix and last four characters of the key. */
  key: string;
};

export type StaffRequestList = { items: StaffRequestItem[]; olderCursor: string | null };

/** One request with all that was kept of it. */
export type StaffRequest = StaffRequestItem & {
  keyName: string;
  hasIdempotencyKey: boolean;
  contentType?: string;
  userAgent?: string;
  faults: readonly { pointer: string; code: string; details?: Record<string, string | number> }[];
  /** Absent in production, and where the key that sealed it is gone. */
  exchange?: KeptExchange;
};
