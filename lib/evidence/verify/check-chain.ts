import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { chainStart, contentHash, linkHash } from '#lib/evidence/event-chain.ts';
import { closingEvents, type Dossier } from './dossier.ts';
import type { EventRecord } from './records.ts';
import { type Finding, tampered } from './verdict.ts';

/** Step 4: every event is recomputed from what it says, in its place after the one before it. */
export function checkChain(dossier: Dossier): Finding[] {
  const { events } = dossier;
  return [...events.flatMap((event, index) => checkLink(event, index, events[index - 1])), ...checkStory(dossier)];
}

function checkLink(event: EventRecord, index: number, before: EventRecord | undefined): Finding[] {
  const { sequence, occurredAt, prevHash, salt, hash } = event;
  const at = `event ${index + 1}`;
  const previous = before?.hash ?? bytesToHex(chainStart);
  const content = contentHash(hexToBytes(salt), contentOf(event));
  const computed = linkHash({ previous: hexToBytes(previous), content, sequence, occurredAt });
  return [
    ...findingUnless(sequence === index + 1, `${at} is numbered ${sequence}`),
    ...findingUnless(prevHash === previous, `${at} does not follow the event before it`),
    ...findingUnless(bytesToHex(computed) === hash, `${at} does not have the hash of what it says`),
    ...findingUnless(before === undefined || before.occurredAt <= occurredAt, `${at} is older than the one before it`),
  ];
}

function contentOf({ type, actor, actorId, requestId, data, private: hidden }: EventRecord) {
  return {
    type,
    actor,
    ...(actorId !== undefined && { actorId }),
    ...(requestId !== undefined && { requestId }),
    data,
    ...(hidden !== undefined && { private: hidden }),
  };
}

const acceptedOnlyTypes = /^(?:(?:lender|delivery)_.*|withdrawal_requested|disputed)$/s;

/** What a story can be: it begins once, ends once, and only what was accepted goes to the lender or is objected to. */
function checkStory(dossier: Dossier): Finding[] {
  const { events } = dossier;
  if (events.length === 0) return [];
  const closings = closingEvents(dossier);
  const acceptedIndex = events.findIndex(({ type }) => type === 'accepted');
  const early = events.findIndex(
    ({ type }, index) => acceptedOnlyTypes.test(type) && (acceptedIndex === -1 || index < acceptedIndex),
  );
  return [
    ...findingUnless(events[0]?.type === 'created', 'the first event is not the creation'),
    ...findingUnless(
      events.filter(({ type }) => type === 'created').length <= 1,
      'the session is created more than once',
    ),
    ...findingUnless(closings.length <= 1, `the session ends ${closings.length} times`),
    ...findingUnless(early === -1, `event ${early + 1} follows from an acceptance, and comes before any`),
  ];
}

function findingUnless(holds: boolean, detail: string): Finding[] {
  return holds ? [] : [tampered(detail)];
}
