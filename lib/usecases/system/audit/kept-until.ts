import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import { classRules, courtMargin, endOfTerm } from '#lib/domain/retention.ts';
import type { ToldEvent } from './told.ts';

/** Until when a session must be kept: `least` as it was first set, at the closing; `floor` with what has happened since. */
export type KeptUntil = { least: Date; floor: Date };

/** What happened before a session could be signed. */
const beginnings = ['created', 'started', 'details_submitted'];

/**
 * The terms of keeping, counted here and not asked of the database: whoever owns it may have given its functions another body. Undefined
 * while the session is open.
 */
export function keptUntil({ session, delivery }: AuditedSession, told: readonly ToldEvent[]): KeptUntil | undefined {
  const { closed_at: closedAt, final_due_date: finalDueDate } = session;
  if (!closedAt) return undefined;
  const kind = classOf(session.status, told);
  if (kind === 'E3') return alike(endOfTerm(closedAt, classRules.E3.term));
  if (kind === 'E2') {
    const visits = told.filter(({ actor }) => actor === 'signer').map(({ occurredAt }) => occurredAt);
    const floor = endOfTerm(latest(closedAt, ...visits), classRules.E2.term);
    return { least: endOfTerm(closedAt, classRules.E2.term), floor };
  }
  const begun = told.filter(({ type }) => beginnings.includes(type)).map(({ occurredAt }) => occurredAt);
  const isSettled = delivery?.status === 'DELIVERED' || delivery?.status === 'REJECTED';
  const settledAt = isSettled ? (delivery.delivered_at ?? delivery.last_attempt_at) : null;
  const { term } = classRules.E1;
  const least = latest(
    endOfTerm(latest(closedAt, ...begun), term),
    ...(settledAt ? [endOfTerm(settledAt, term)] : []),
    ...(finalDueDate === null
      ? []
      : [endOfTerm(endOfTerm(new Date(`${finalDueDate}T00:00:00.000Z`), term), courtMargin)]),
  );
  // A refusal has lengthened the keeping, and staff who try again do not shorten it.
  const refused = told.findLast(({ type }) => type === 'lender_rejected');
  return { least, floor: refused && !isSettled ? latest(least, endOfTerm(refused.occurredAt, term)) : least };
}

/** The classes of lib/domain/retention.ts. What was accepted is signed, whatever its status says. */
export function classOf(status: string, told: readonly ToldEvent[]): 'E1' | 'E2' | 'E3' {
  if (status === 'COMPLETED' || told.some(({ type }) => type === 'accepted')) return 'E1';
  return told.some(({ actor }) => actor === 'signer') ? 'E2' : 'E3';
}

const alike = (end: Date): KeptUntil => ({ least: end, floor: end });

const latest = (first: Date, ...others: readonly Date[]): Date =>
  others.reduce((last, next) => (next > last ? next : last), first);
