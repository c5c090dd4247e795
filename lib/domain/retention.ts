import type { DeliveryStatus } from './delivery-state.ts';
import type { SessionStatus } from './session-state.ts';

/**
 * How long what is kept of a session is kept, and why: the classes of `evidence-and-law` section 5 as data. Migration 0011 says the same
 * terms again and holds them against everybody; the tests drive both through the same moments.
 */

export const keepingClasses = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7'] as const;
export type KeepingClass = (typeof keepingClasses)[number];

type Term = { years: number } | { months: number } | { days: number };

type ClassRule = {
  contents: string;
  /** From the class's clock on; absent where nothing is kept. */
  term?: Term;
  /** Why it is kept, as codes that screens and answers translate. */
  basis: readonly KeepingBasis[];
  /** What a request for erasure does to it. */
  onRequest: 'refused' | 'when_term_is_over' | 'at_once' | 'nothing_held';
};

export type KeepingBasis =
  | 'legal_duty'
  | 'exercise_of_rights'
  | 'contract'
  | 'access_logs_duty'
  | 'dispute_window'
  | 'accountability'
  | 'security';

/** The lender's condition, the limitation of a claim (Código Civil, art. 206 § 5 I), and the least that any setting may yield. */
const fiveYears: Term = { years: 5 };
/** Marco Civil, art. 15. The 180 days by which disputes come are fewer, so that one clock serves both. */
const sixMonths: Term = { months: 6 };
/** What a merchant said of somebody who never came. */
const neverOpened: Term = { days: 30 };
/** After the limitation has run from a debt's last due day: what is filed on the last day arrives later. */
export const courtMargin: Term = { days: 180 };

export const classRules = {
  E1: {
    contents: 'all evidence of a signed session',
    term: fiveYears,
    basis: ['legal_duty', 'exercise_of_rights', 'contract'],
    onRequest: 'refused',
  },
  E2: {
    contents: 'details, text and story of a session that was opened and not signed; afterwards its skeleton',
    term: sixMonths,
    basis: ['access_logs_duty', 'dispute_window'],
    onRequest: 'when_term_is_over',
  },
  E3: {
    contents: 'what a merchant supplied about somebody who never opened the link; afterwards its skeleton',
    term: neverOpened,
    basis: ['dispute_window'],
    onRequest: 'at_once',
  },
  E4: {
    contents: 'addresses, ports, moments and browsers of those who opened the link',
    term: sixMonths,
    basis: ['access_logs_duty'],
    onRequest: 'when_term_is_over',
  },
  E5: { contents: 'logs of the operation', term: { days: 90 }, basis: ['security'], onRequest: 'nothing_held' },
  E6: {
    contents: 'which member of staff looked at what, and when',
    term: fiveYears,
    basis: ['accountability', 'legal_duty'],
    onRequest: 'refused',
  },
  E7: { contents: 'marketing and analytics: none', basis: [], onRequest: 'nothing_held' },
} as const satisfies Record<KeepingClass, ClassRule>;

export type KeepingFacts = {
  status: SessionStatus;
  closedAt?: Date | undefined;
  /** A calendar day, `YYYY-MM-DD`. */
  finalDueDate?: string | undefined;
  delivery?: { status: DeliveryStatus; settledAt?: Date | undefined } | undefined;
  /** The last time that a browser of the signer came; absent when none ever did. */
  lastConnectionAt?: Date | undefined;
  lastStaffAccessAt?: Date | undefined;
  isHeld: boolean;
};

/** What starts a clock, or what keeps it from being read. */
export type KeepingReason =
  | 'still_open'
  | 'delivery_unfinished'
  | 'signed'
  | 'lender_answered'
  | 'final_due_date'
  | 'closed_unsigned'
  | 'last_connection'
  | 'never_opened'
  | 'last_staff_access';

/** One class of what a session holds. Without `keepUntil` its clock does not run yet; `isHeld` stops what has run out. */
export type Keeping = {
  class: KeepingClass;
  startsAt?: Date;
  keepUntil?: Date;
  reason: KeepingReason;
  isHeld: boolean;
};

/** The classes that a session's rows belong to, the one that decides over its key first. All moments are UTC. */
export function retentionOf(facts: KeepingFacts): Keeping[] {
  const { isHeld, lastConnectionAt, lastStaffAccessAt } = facts;
  const decisive = { ...decisiveKeeping(facts), isHeld };
  // In a signed session the connections are evidence and end with it; otherwise they share one key and one clock with the details.
  const connections = lastConnectionAt && decisive.class === 'E2' ? [{ ...decisive, class: 'E4' as const }] : [];
  const accesses = lastStaffAccessAt ? [{ ...clock('E6', 'last_staff_access', lastStaffAccessAt), isHeld: false }] : [];
  return [decisive, ...connections, ...accesses];
}

type Clock = Omit<Keeping, 'isHeld'>;

function decisiveKeeping(facts: KeepingFacts): Clock {
  const { status, closedAt, lastConnectionAt } = facts;
  const kind = status === 'COMPLETED' ? 'E1' : lastConnectionAt ? 'E2' : 'E3';
  if (!closedAt) return { class: kind, reason: 'still_open' };
  if (kind === 'E3') return clock('E3', 'never_opened', closedAt);
  if (kind === 'E2')
    return latest(
      clock('E2', 'closed_unsigned', closedAt),
      ...(lastConnectionAt ? [clock('E2', 'last_connection', lastConnectionAt)] : []),
    );
  return signedKeeping(closedAt, facts);
}

function signedKeeping(closedAt: Date, { delivery, finalDueDate }: KeepingFacts): Clock {
  if (delivery?.status !== 'DELIVERED' && delivery?.status !== 'REJECTED')
    return { class: 'E1', startsAt: closedAt, reason: 'delivery_unfinished' };
  const dueAt = finalDueDate === undefined ? undefined : new Date(`${finalDueDate}T00:00:00.000Z`);
  return latest(
    clock('E1', 'signed', closedAt),
    ...(delivery.settledAt ? [clock('E1', 'lender_answered', delivery.settledAt)] : []),
    ...(dueAt
      ? [
          {
            class: 'E1',
            reason: 'final_due_date',
            startsAt: dueAt,
            keepUntil: endOfTerm(endOfTerm(dueAt, fiveYears), courtMargin),
          } as const,
        ]
      : []),
  );
}

type RunningClock = Clock & { startsAt: Date; keepUntil: Date };

function clock(of: Exclude<KeepingClass, 'E7'>, reason: KeepingReason, startsAt: Date): RunningClock {
  return { class: of, reason, startsAt, keepUntil: endOfTerm(startsAt, classRules[of].term) };
}

function latest(first: RunningClock, ...others: readonly RunningClock[]): RunningClock {
  return others.reduce((last, next) => (next.keepUntil > last.keepUntil ? next : last), first);
}

const dayMs = 86_400_000;

/**
 * The end of a term. Years and months are calendar ones and end on the day of the same number or, where the month has none, on the next
 * (Código Civil, art. 132 § 3).
 */
export function endOfTerm(start: Date, term: Term): Date {
  if ('days' in term) return new Date(start.getTime() + term.days * dayMs);
  const months = 'years' in term ? term.years * 12 : term.months;
  const month = start.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const end = new Date(start);
  // Day 31 of a month of 30 is the first of the next; day 30 of February must be that too.
  end.setUTCFullYear(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay + 1));
  return end;
}
