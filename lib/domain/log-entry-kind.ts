import type { EventType } from './event-type.ts';

/**
 * What an entry of the log is of, as its first byte says in public and for good. The acceptance, the other closings and the erasing have
 * kinds of their own: when a session's salts are gone nothing else can prove any more what its events were, and whoever owns the database
 * could tell a signed session as one that nobody opened.
 */
export const logEntryKinds = { event: 1, statement: 2, acceptance: 3, closing: 4, erasure: 5 } as const;
export type LogEntryKind = keyof typeof logEntryKinds;

/** Migration 0024 says the same for the queue. All other events are alike to strangers. */
export const kindsOfEvents: Partial<Record<EventType, LogEntryKind>> = {
  accepted: 'acceptance',
  declined: 'closing',
  cancelled: 'closing',
  expired: 'closing',
  erased: 'erasure',
};

/** `type` is whatever a row or a dossier says. */
export function kindOfEvent(type: string): LogEntryKind {
  return (Object.hasOwn(kindsOfEvents, type) && kindsOfEvents[type as EventType]) || 'event';
}
