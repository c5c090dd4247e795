import type { EvidenceGroup } from '#lib/schema/evidence.ts';
import { answerFields } from './answer-fields.ts';
import { field, notCaptured } from './field.ts';

export type DeliveryEvidence = {
  status: string;
  /** Of the body that counts: the last that any event commits to. */
  bodySha256: string;
  attempts: readonly {
    kind: string;
    startedAt: Date;
    endedAt: Date;
    outcome: string;
    reason: string;
    bodySha256?: string;
    httpStatus?: number;
    counted: boolean;
  }[];
  deliveredAt?: Date;
  deliveredBy?: string;
  /** Of the last call that was answered, as it came. */
  reply?: Uint8Array;
  words?: { code?: string; message?: string; translation?: string };
};

const notAccepted = 'not_accepted';

/** Group I: how the acceptance got to the lender, and what the lender said. */
export function deliveryGroup(delivery: DeliveryEvidence | undefined): EvidenceGroup {
  const notDelivered = delivery ? 'not_delivered' : notAccepted;
  return {
    status: field('server', delivery?.status, notAccepted),
    bodySha256: field('server', delivery?.bodySha256, notAccepted),
    attempts: field('server', delivery?.attempts.map(attemptFacts), notAccepted),
    // Each step has a limit of its own, and only the whole call is timed.
    connectTimes: notCaptured(delivery ? 'not_measured' : notAccepted),
    deliveredAt: field('server', delivery?.deliveredAt?.toISOString(), notDelivered),
    deliveredBy: field('server', delivery?.deliveredBy, notDelivered),
    ...answerFields(delivery),
  };
}

function attemptFacts({ startedAt, endedAt, ...attempt }: DeliveryEvidence['attempts'][number]) {
  return { ...attempt, startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() };
}
