import type { EventType } from './event-type.ts';

/** Whose word it is: of the browser that accepted, or of another one that holds the link. */
export type Objector = 'accepter' | 'other_holder';

type Rule = { event: EventType; from: readonly Objector[] };

/**
 * What can be said against a contract after it was signed, by the act that says it. To withdraw is for whoever signed; that it was not them may
 * be said by everybody to whom the link has come. None of it un-signs anything: it is kept beside the signature and shown to the merchant.
 */
export const objections = {
  withdraw: { event: 'withdrawal_requested', from: ['accepter'] },
  dispute: { event: 'disputed', from: ['accepter', 'other_holder'] },
} as const satisfies Record<string, Rule>;
export type Objection = keyof typeof objections;

/** What a browser may say, in the order in which the page offers it. */
export function objectionsFrom(objector: Objector): Objection[] {
  const all = Object.keys(objections) as Objection[];
  return all.filter((act) => (objections[act].from as readonly Objector[]).includes(objector));
}

/** The act that an event tells of; undefined for events that tell of something else. */
export function objectionOf(type: string): Objection | undefined {
  const all = Object.keys(objections) as Objection[];
  return all.find((act) => objections[act].event === type);
}
