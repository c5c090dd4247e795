import type { EvidenceGroup } from '#lib/schema/evidence.ts';
import { field } from './field.ts';

type Told = { type: string; data: Record<string, unknown> };

/** Fields A3 and A4: by which rules the session was made, and what speaks for the one who signed being the one meant. */
export function ruleFields(events: readonly Told[]): EvidenceGroup {
  const isOpened = events.some(({ type }) => type === 'link_opened');
  return {
    policyVersion: field('server', events.find(({ type }) => type === 'created')?.data.policyVersion, 'not_recorded'),
    // The one factor that there is: whoever opened the link held the secret in it.
    assuranceFactors: field('server', isOpened ? ['secret_link'] : undefined, 'not_opened'),
  };
}
