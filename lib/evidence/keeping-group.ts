import { classRules, type Keeping } from '#lib/domain/retention.ts';
import type { EvidenceGroup } from '#lib/schema/evidence.ts';
import { field } from './field.ts';

/** What evidence says about its own keeping. */
export type KeepingEvidence = {
  /** The decisive class first. */
  classes: readonly Keeping[];
  /** Every hold that there ever was, oldest first; one that stands has not been lifted. */
  holds: readonly HoldEvidence[];
};

export type HoldEvidence = {
  at: Date;
  by: string;
  reason: string;
  lifted?: { at: Date; by: string; reason?: string };
};

/** Group K of the evidence: until when, since when and why this is kept, and what stops its end. */
export function keepingGroup({ classes, holds }: KeepingEvidence): EvidenceGroup {
  const [decisive] = classes;
  const standing = holds.find(({ lifted }) => !lifted);
  return {
    retainAtLeastUntil: field('server', decisive?.keepUntil?.toISOString(), decisive?.reason),
    retainBasis: field('server', decisive && [...classRules[decisive.class].basis]),
    // Who looked since is the matter of custody: reading evidence must not change it.
    classes: field('server', classes.filter((entry) => entry.class !== 'E6').map(classFacts)),
    legalHold: field('staff', standing?.at.toISOString(), 'no_legal_hold'),
    legalHolds: field('staff', holds.length > 0 ? holds.map(holdFacts) : undefined, 'no_legal_hold'),
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
