import { classRules, type Keeping, type KeepingBasis, type KeepingClass, type KeepingReason } from './retention.ts';

/** Why something was erased, or is not yet: bases of keeping, what its clock waits for, and what stops it. */
export type AnswerReason = KeepingBasis | KeepingReason | 'legal_hold' | 'term_over' | 'requested';

/** What became of one class of what a session holds. Instants are RFC 3339. */
export type AnsweredClass = {
  class: KeepingClass;
  outcome: 'erased' | 'kept' | 'nothing_held';
  /** From when on, and until when it is kept; absent when that is not known yet. */
  startsAt?: string;
  keepUntil?: string;
  because: AnswerReason[];
};

/** The answer to a request for erasure (LGPD, arts. 16 and 18). It names nobody. */
export type ErasureAnswer = {
  sessions: { signingSessionId: string; classes: AnsweredClass[]; isDraftDeleted: boolean }[];
  /** What is the same for everybody. */
  always: AnsweredClass[];
};

/** Classes of which an installation holds nothing about a signer. */
export const answeredAlways: AnsweredClass[] = (['E5', 'E7'] as const).map((name) => ({
  class: name,
  outcome: 'nothing_held',
  because: [],
}));

/** What a person is told of a session that is not erased. */
export function keptClasses(keepings: readonly Keeping[]): AnsweredClass[] {
  return keepings.map(({ class: name, startsAt, keepUntil, reason, isHeld }) => ({
    class: name,
    outcome: 'kept',
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(keepUntil && { keepUntil: keepUntil.toISOString() }),
    because: [...(isHeld ? (['legal_hold'] as const) : []), ...classRules[name].basis, reason],
  }));
}

/** What a person is told of a session that was erased now, or had been by a request of theirs. */
export function erasedClasses(decisive: 'E1' | 'E2' | 'E3', rule: 'term_over' | 'requested'): AnsweredClass[] {
  const classes = decisive === 'E2' ? (['E2', 'E4'] as const) : [decisive];
  return classes.map((name) => ({ class: name, outcome: 'erased', because: [rule] }));
}
