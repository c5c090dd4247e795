import type { DeliveryStatus } from './delivery-state.ts';

/** What each status means to a merchant who waits: who acts next, and whether a webhook tells of it. */
export const deliveryMeanings: Record<DeliveryStatus, string> = {
  QUEUED: 'It waits for its first attempt, or for a new one that staff or a mended setting asked for.',
  SENDING: 'An attempt is under way.',
  RETRY_WAIT: 'The last attempt did not get through, or the lender has nothing of it yet: it is tried again by itself.',
  AMBIGUOUS: 'Nobody can say whether it arrived: the lender is asked, and nothing is sent before it has answered.',
  DELIVERED: 'The lender has it. Told by lender.signature_received.',
  REJECTED: 'The lender refused it; staff alone can send it again. Told by lender.rejected.',
  PAUSED:
    "The lender did not take the portal's credential, or its address is wrong: the operator's affair, told by no webhook. It goes on once that is mended.",
  NEEDS_ATTENTION:
    'It has not arrived after three days: a person has to look, and it is tried once a day meanwhile. Told by lender.needs_attention.',
};

export const deliveryMeaningRows = (Object.keys(deliveryMeanings) as DeliveryStatus[]).map((status) => ({
  status,
  meaning: deliveryMeanings[status],
}));
export type DeliveryMeaningRow = (typeof deliveryMeaningRows)[number];
