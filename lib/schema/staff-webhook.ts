import type { EndpointState } from '#lib/domain/webhook-standing.ts';

/** An endpoint as staff see it. Times are RFC 3339. */
export type StaffEndpoint = {
  endpointId: string;
  url: string;
  eventTypes: readonly string[];
  state: EndpointState;
  /** Since when it stands so. */
  since: string;
  /** Messages that still wait for it. */
  waiting: number;
};

/** One message for an endpoint, with the attempts that are kept, oldest first. */
export type StaffMessage = {
  eventId: string;
  type: string;
  sessionId?: string;
  occurredAt: string;
  status: 'PENDING' | 'DELIVERED' | 'FAILED';
  nextAttemptAt?: string;
  attempts: { at: string; latencyMs: number; outcome: string; reply?: string }[];
};
