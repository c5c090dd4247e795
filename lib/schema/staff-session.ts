import { z } from 'zod';
import { deliveryStatuses } from '#lib/domain/delivery-state.ts';
import { keepingClasses } from '#lib/domain/retention.ts';
import { actors, sessionStatuses } from '#lib/domain/session-state.ts';
import { instant } from './session.ts';
import { staffNotice } from './staff-notice.ts';

/** What the dashboard's pages and live lists are made of. Personal data stand here masked; a field that is not named cannot slip out. */

const maskedPerson = z.strictObject({
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  identity: z.string().exactOptional(),
  phone: z.string().exactOptional(),
});

const staffSessionItem = z.strictObject({
  id: z.uuid(),
  status: z.enum(sessionStatuses),
  orderId: z.string(),
  debtKey: z.string(),
  person: maskedPerson,
  createdAt: instant,
  expiresAt: instant,
  closedAt: instant.exactOptional(),
  receiptCode: z.string().exactOptional(),
  deliveryStatus: z.enum(deliveryStatuses).exactOptional(),
  /** What deserves a look, while the delivery is not at its end. */
  alarms: z.array(z.string()).exactOptional(),
  /** Only the skeleton is left. */
  erased: z
    .strictObject({ at: instant, class: z.enum(['E1', 'E2', 'E3']), rule: z.enum(['term_over', 'requested']) })
    .exactOptional(),
});
export type StaffSessionItem = z.output<typeof staffSessionItem>;

export const staffSessionList = z.strictObject({
  items: z.array(staffSessionItem),
  newerCursor: z.string().nullable(),
  olderCursor: z.string().nullable(),
  isCut: z.boolean().describe('A search found more than is shown.'),
  now: instant,
});
export type StaffSessionList = z.output<typeof staffSessionList>;

const storyEntry = z.strictObject({
  key: z.string(),
  at: instant,
  actor: z.enum(actors),
  /** The name of the member of staff who did it. */
  who: z.string().exactOptional(),
  /** An event, or one call to the lender: `lender_sent`, `lender_asked`. */
  type: z.string(),
  /** What the person said who did it. */
  words: z.string().exactOptional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Whence the act came; only for those who may see evidence. */
  network: z
    .strictObject({
      ip: z.string().exactOptional(),
      sourcePort: z.int().exactOptional(),
      ipTrust: z.enum(['direct', 'trusted_proxy', 'untrusted']),
    })
    .exactOptional(),
  /** The same again, directly afterwards: how often in all, and when last. */
  repeats: z.strictObject({ count: z.int(), lastAt: instant }).exactOptional(),
});
export type StoryEntry = z.output<typeof storyEntry>;

const delivery = z.strictObject({
  status: z.enum(deliveryStatuses),
  attempts: z.int(),
  reason: z.string().exactOptional(),
  lastAttemptAt: instant.exactOptional(),
  nextAttemptAt: instant.exactOptional(),
  deliveredAt: instant.exactOptional(),
  /** What this member of staff may do about it now. */
  acts: z.array(z.enum(['retry', 'send_now'])),
  /** The lender's own words; `translation` is its Portuguese. */
  words: z
    .strictObject({
      code: z.string().exactOptional(),
      message: z.string().exactOptional(),
      translation: z.string().exactOptional(),
    })
    .exactOptional(),
});
export type StaffDelivery = z.output<typeof delivery>;

const hold = z.strictObject({
  id: z.uuid(),
  at: instant,
  who: z.string().exactOptional(),
  reason: z.string().exactOptional(),
  lifted: z
    .strictObject({ at: instant, who: z.string().exactOptional(), reason: z.string().exactOptional() })
    .exactOptional(),
});
export type StaffHold = z.output<typeof hold>;

const keeping = z.strictObject({
  class: z.enum(keepingClasses),
  /** Absent while the term does not run yet. */
  keepUntil: instant.exactOptional(),
  reason: z.string(),
  holds: z.array(hold),
  mayHold: z.boolean(),
});
export type StaffKeeping = z.output<typeof keeping>;

const objection = z.strictObject({
  act: z.enum(['withdraw', 'dispute']),
  /** Whether the browser said it that had accepted. */
  from: z.enum(['accepter', 'other_holder']),
  at: instant,
  /** Only for those who may see evidence, in words; of an erased session nobody knows any more whether there was one. */
  reason: z.union([z.literal(['none', 'hidden']), z.strictObject({ words: z.string() })]),
});
export type StaffObjection = z.output<typeof objection>;

/** What may change while somebody looks at a session; the live page asks for this again and again. */
export const staffSessionStory = z.strictObject({
  item: staffSessionItem,
  entries: z.array(storyEntry),
  objections: z.array(objection),
  delivery: delivery.exactOptional(),
  /** Newest first. */
  notices: z.array(staffNotice),
  keeping,
  mayCancel: z.boolean(),
  now: instant,
});
export type StaffSessionStory = z.output<typeof staffSessionStory>;
