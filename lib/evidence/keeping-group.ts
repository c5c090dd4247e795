import { classRules, type Keeping } from '#lib/domain/retention.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { field, notCaptured } from './field.ts';

/** What evidence says about its own keeping. */
export type KeepingEvidence = {
  /** The decisive class first. */
  classes: readonly Keeping[];
  /** Every hold that there ever was, oldest first; one that stands has not been lifted. */
  holds: readonly HoldEvidence[];
  accesses: AccessEvidence;
};

/**
 * Who has seen or taken the record so far; or, for what must stay the same however many look later, until an instant, and of that only what
 * cannot change any more.
 */
export type AccessEvidence =
  | { until?: never; taken: readonly (AccessEntry & { count: number; lastAt: Date })[] }
  | { until: Date; taken: readonly AccessEntry[] };

/** All accesses of one kind: `entries` lines of the inventory, of which staff have one each time, others one per file and day. */
export type AccessEntry = { by: string; what: string; entries: number; firstAt: Date };

export type HoldEvidence = {
  at: Date;
  by: string;
  reason: string;
  lifted?: { at: Date; by: string; reason?: string };
};

/** Group K of the evidence: until when, since when and why this is kept, what stops its end, and who has looked. */
export function keepingGroup({ classes, holds, accesses }: KeepingEvidence): EvidenceView['keeping'] {
  const [decisive] = classes;
  const standing = holds.find(({ lifted }) => !lifted);
  return {
    retainAtLeastUntil: field('server', decisive?.keepUntil?.toISOString(), decisive?.reason),
    retainBasis: field('server', decisive && [...classRules[decisive.class].basis]),
    // The term of the inventory itself begins anew with each look: reading evidence must not change it.
    classes: field('server', classes.filter((entry) => entry.class !== 'E6').map(classFacts)),
    legalHold: field('staff', standing?.at.toISOString(), 'no_legal_hold'),
    legalHolds: field('staff', holds.length > 0 ? holds.map(holdFacts) : undefined, 'no_legal_hold'),
    ...accessFields(accesses),
  };
}

function accessFields({ until, taken }: AccessEvidence): Pick<EvidenceView['keeping'], 'accesses'> {
  const told = taken.map(({ firstAt, ...entry }) => ({
    ...entry,
    firstAt: firstAt.toISOString(),
    ...('lastAt' in entry && { lastAt: entry.lastAt.toISOString() }),
  }));
  return {
    accesses: field('server', told.length > 0 ? told : undefined, 'none_yet'),
    ...(until && {
      accessesUntil: field('server', until.toISOString()),
      accessesSince: notCaptured('kept_in_the_inventory'),
    }),
  };
}

function classFacts({ class: name, startsAt, keepUntil, reason, isHeld }: Keeping) {
  return {
    class: name,
    reason,
    isHeld,
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(keepUntil && { keepUntil: keepUntil.toISOString() }),
  };
}

function holdFacts({ at, by, reason, lifted }: HoldEvidence) {
  return { at: at.toISOString(), by, reason, ...(lifted && { lifted: { ...lifted, at: lifted.at.toISOString() } }) };
}
