import type { EventDraft } from '../reference-story.ts';
import {
  changing,
  type Evidence,
  eventIn,
  hashIn,
  type Parts,
  refusalIn,
  saying,
  second,
  taken,
} from './reencode-vectors.ts';
import { type DossierVector, edit, made, textOf } from './vector.ts';

const otherProposal = { reencode: '01939f00-0000-7000-8000-0000000000ac', timestamp: 'YYYY-MM-DD HH:MM:SS' };

/** A delivery with more than one other spelling. */
export const thirdBodyVectors: DossierVector[] = [
  thirdBody('another spelling of another spelling, each proposed for itself', 'VALID', otherProposal),
  thirdBody('one proposal that is approved twice, for two bodies', 'TAMPERED', undefined),
];

/** The second body is refused too, and a third is approved, after this proposal where there is any. */
function thirdBody(name: string, verdict: 'VALID' | 'TAMPERED', data: EventDraft['data'] | undefined): DossierVector {
  const third = 'lender/request-3.json';
  const put = (parts: Parts) =>
    parts.set(third, Buffer.from(textOf(parts, second).replace('20-11-2026', '2026-11-20')));
  return made(name, verdict, {
    stage: 'reencoded',
    changeParts: changing(put, saying(taken, third)),
    changeStory: (events) => {
      const [approval, { parts: _, ...refusal }] = [eventIn(events, 'approved'), refusalIn(events)];
      const { occurredAt } = approval;
      const proposal = data && { ...eventIn(events, 'proposed'), occurredAt, data };
      const parts = { 'lender-request-3': third };
      const again = { ...approval, parts, ...(data && { data: { reencode: data.reencode ?? '' } }) };
      const later = [{ ...refusal, occurredAt }, ...(proposal ? [proposal] : []), again];
      events.splice(events.indexOf(approval) + 1, 0, ...later);
    },
    changeFiles: (files) => {
      const value = hashIn(files, taken);
      edit<Evidence>('evidence.json', ({ delivery }) => Object.assign(delivery.bodySha256 ?? {}, { value }))(files);
    },
  });
}
