import { lines, referenceDossier } from '../reference-dossier.ts';
import type { Files } from '../reference-log.ts';
import type { EventDraft, EventLine } from '../reference-story.ts';
import { type DossierVector, made, put, replace, resealed, rewrite, textOf, without } from './vector.ts';

/** Events changed, cut, moved, added, all of it listed and sealed by the portal's own key. */
export const storyVectors: DossierVector[] = [
  resealed('an event that says something else', 'TAMPERED', replace('events.jsonl', '203.0.113.7', '203.0.113.8')),
  resealed('an event at another time', 'TAMPERED', replace('events.jsonl', '14:03:22.493', '14:03:23.493')),
  resealed('an event with another salt', 'TAMPERED', replace('events.jsonl', /"salt":"../, '"salt":"00')),
  resealed('an event by somebody else', 'TAMPERED', replace('events.jsonl', '"actor":"lender"', '"actor":"staff"')),
  resealed(
    'events in another order',
    'TAMPERED',
    withLines((events) => [events[0], events[2], events[1], ...events.slice(3)]),
  ),
  resealed(
    'the last event cut off',
    'TAMPERED',
    withLines((events) => events.slice(0, -1)),
  ),
  resealed(
    'an event in the middle cut out',
    'TAMPERED',
    withLines((events) => events.toSpliced(1, 1)),
  ),
  resealed(
    'the first event cut off',
    'TAMPERED',
    withLines((events) => events.slice(1)),
  ),
  resealed(
    'an event twice',
    'TAMPERED',
    withLines((events) => [...events, events.at(-1)]),
  ),
  resealed('an event numbered otherwise', 'TAMPERED', replace('events.jsonl', '"sequence":2', '"sequence":3')),
  made('a story that begins otherwise', 'TAMPERED', { changeStory: altering(0, { type: 'link_opened' }) }),
  made('a session that is created twice', 'TAMPERED', { changeStory: insert(1, 'created') }),
  made('a session that ends twice', 'TAMPERED', { changeStory: append('declined') }),
  made('a story in which time goes back', 'TAMPERED', {
    changeStory: altering(1, { occurredAt: '2026-11-20T13:00:00.000Z' }),
  }),
  made('a lender that answers before the acceptance', 'TAMPERED', { changeStory: insert(3, 'lender_received') }),
  made('a word of the lender of a new kind before the acceptance', 'TAMPERED', {
    changeStory: insert(3, 'lender_hinted'),
  }),
  made('a withdrawal before the acceptance', 'TAMPERED', { changeStory: insert(3, 'withdrawal_requested') }),
  made('a withdrawal before the lender has answered', 'VALID', { changeStory: insert(4, 'withdrawal_requested') }),
  made('a dispute where nobody accepted', 'TAMPERED', { stage: 'declined', changeStory: append('disputed') }),
  made('a story that goes on after its end', 'VALID', { changeStory: append('link_opened') }),
  made('an event that the log has not', 'INCOMPLETE', {
    changeStory: append('link_opened'),
    changeFiles: without('proofs/6.tlog-proof'),
  }),
  made('a history rebuilt around another contract, with the proofs of the true one', 'TAMPERED', {
    changeParts: replace('contract.txt', '12 parcelas', '13 parcelas'),
    changeFiles: trueProofs,
  }),
  made('a history rebuilt without its last event, with the proofs of the true one', 'TAMPERED', {
    state: 'interim',
    changeStory: cutLast,
    changeFiles: trueProofs,
  }),

  resealed('another contract', 'TAMPERED', replace('contract.txt', 'R$ 100,00', 'R$ 900,00')),
  resealed(
    'a contract with a line feed more',
    'TAMPERED',
    rewrite('contract.txt', (text) => `${text}\n`),
  ),
  resealed(
    'a contract without carriage returns',
    'TAMPERED',
    rewrite('contract.txt', (text) => text.replaceAll('\r\n', '\n')),
  ),
  resealed('another summary', 'TAMPERED', replace('contract-facts.json', '1.200', '1.300')),
  resealed('another debt', 'TAMPERED', replace('session.json', 'divida-1', 'divida-2')),
  resealed('another name in the details', 'TAMPERED', replace('details-1.json', 'Maria', 'Marta')),
  resealed('another name in the acceptance', 'TAMPERED', replace('acceptance.json', 'Maria', 'Marta')),
  resealed('another name sent to the lender', 'TAMPERED', replace('lender/request.json', 'Maria', 'Marta')),
  resealed(
    'another answer of the lender',
    'TAMPERED',
    replace('lender/attempts/01939f00-0000-7000-8000-000000000001.json', '200', '201'),
  ),
  resealed(
    'details that no event commits to',
    'TAMPERED',
    put('details-2.json', '{"details":{},"setBy":"signer","version":2}'),
  ),
  resealed('an attempt that no event commits to', 'TAMPERED', (files) =>
    put('lender/attempts/x.json', files.get('lender/attempts/01939f00-0000-7000-8000-000000000001.json') ?? '')(files),
  ),
  made('a receipt where nobody accepted', 'TAMPERED', { stage: 'declined', changeFiles: put('receipt.sig', 'x') }),
  made('consents where nobody accepted', 'TAMPERED', {
    stage: 'declined',
    changeFiles: put('consent/notice.txt', 'x'),
  }),
  made('a reply where nobody accepted', 'TAMPERED', {
    stage: 'declined',
    changeFiles: put('lender/response.json', '{}'),
  }),
  resealed(
    'without the call that was answered',
    'TAMPERED',
    without('lender/attempts/01939f00-0000-7000-8000-000000000001.json'),
  ),
  made('a commitment to something that is no part', 'INCOMPLETE', {
    changeStory: committing(0, { secret: 'contract.txt' }),
  }),
  made('a commitment to a version that is not there', 'INCOMPLETE', {
    changeStory: committing(0, { 'details-7': 'contract.txt' }),
  }),
  made('a second, wrong commitment to the same part', 'TAMPERED', {
    changeStory: altering(1, { private: { commits: { contract: '0'.repeat(64) } } }),
  }),
];

function withLines(change: (events: EventLine[]) => (EventLine | undefined)[]): (files: Files) => void {
  return (files) => {
    const events: EventLine[] = textOf(files, 'events.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    files.set('events.jsonl', lines(change(events)));
  };
}

type ChangeStory = (events: EventDraft[]) => void;

/** An event without parts, as old as the one that it follows. */
function insert(index: number, type: string): ChangeStory {
  return (events) => {
    const { occurredAt = '' } = events[index - 1] ?? {};
    events.splice(index, 0, { type, actor: 'system', data: {}, occurredAt });
  };
}

function append(type: string): ChangeStory {
  return (events) => insert(events.length, type)(events);
}

function cutLast(events: EventDraft[]): void {
  events.pop();
}

function altering(index: number, change: Partial<EventDraft>): ChangeStory {
  return (events) => {
    Object.assign(events.at(index) ?? {}, change);
  };
}

function committing(index: number, parts: Record<string, string>): ChangeStory {
  return (events) => {
    Object.assign(events.at(index)?.parts ?? {}, parts);
  };
}

/** Puts the proofs, the checkpoint and the stamps of the unchanged reference in place of those that were made around a change. */
async function trueProofs(files: Files): Promise<void> {
  const { files: unchanged } = await referenceDossier();
  const isProof = (name: string) => /^(?:proofs|timestamps)\//.test(name);
  for (const name of [...files.keys()].filter(isProof)) files.delete(name);
  for (const [name, bytes] of [...unchanged].filter(([name]) => isProof(name))) files.set(name, bytes);
}
