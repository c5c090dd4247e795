import type { AttemptPart } from '#lib/evidence/parts.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { reencodedAttempts } from '../reference-reencode.ts';
import { type EventDraft, firstPerson } from '../reference-story.ts';
import { type DossierVector, edit, made, replace, rewrite, textOf, without } from './vector.ts';

export const [refused, taken] = reencodedAttempts.map((id) => `lender/attempts/${id}.json`) as [string, string];
const first = 'lender/request.json';
export const second = 'lender/request-2.json';

export type Parts = Map<string, Uint8Array>;
export const hashIn = (parts: Parts, file: string) => (JSON.parse(textOf(parts, file)) as AttemptPart).bodySha256 ?? '';
export type Evidence = { delivery: Record<string, { value: unknown }> };

/** A body that took another's place after the lender had refused it for its form: told as it was, and told otherwise. */
export const reencodeVectors: DossierVector[] = [
  made('a body in another spelling that two people agreed on', 'VALID', { stage: 'reencoded' }),
  made('a body in another spelling whose name has whatever JSON escapes, or need not', 'VALID', {
    stage: 'reencoded',
    person: { ...firstPerson, name: 'Zé "Exemplo" \\ / \u0001\u001f\u007f\u2028\ufeff 😀' },
  }),
  made('calls that do not say which body they sent', 'VALID', {
    stage: 'reencoded',
    changeParts: (parts) => {
      for (const file of [refused, taken]) edit<AttemptPart>(file, forgetBody)(parts);
    },
  }),
  ...(
    [
      ['another text', (text) => text.replace('12 parcelas', '13 parcelas')],
      ['a text without carriage returns', (text) => text.replaceAll('\\r', '')],
      ['another name', (text) => text.replace('Maria', 'Marta')],
      ['another document', (text) => text.replace('11144477735', '52998224725')],
      ['another address', (text) => text.replace('203.0.113.7', '203.0.113.8')],
      ['another session', (text) => text.replace('3f0d9c52', '4f0d9c52')],
      ['another area', (text) => text.replace('"area_code":"11"', '"area_code":"21"')],
      ['another day', (text) => text.replace('20-11-2026', '21-11-2026')],
      ['day and month changed about', (text) => text.replace('20-11-2026', '11-20-2026')],
      ['another hour', (text) => text.replace('11:03:22', '12:03:22')],
      ['a time of another spelling', (text) => text.replace('20-11-2026 11', '20/11/2026 11')],
      ['another country', (text) => text.replace('"55"', '"54"')],
      ['a type that is none', (text) => text.replace('data-signature', 'pdf-signature')],
      ['a member more', (text) => text.replace('"type":', '"note":"x","type":')],
      ['a second signature', (text) => text.replace(/\[(.*)\]/s, '[$1,$1]')],
      ['no JSON', () => 'x'],
    ] satisfies [string, (text: string) => string][]
  ).map(([what, change]) =>
    reencoded(
      `another spelling with ${what}, committed to`,
      'TAMPERED',
      rewrite(second, change),
      saying(taken, second),
    ),
  ),
  made('another spelling, with the year first as it was', 'VALID', {
    stage: 'reencoded',
    changeParts: changing(replace(second, '20-11-2026', '2026-11-20'), saying(taken, second)),
    changeStory: (events) => {
      delete eventIn(events, 'proposed').data.timestamp;
    },
  }),
  ...(
    [
      ['the year first, of which the proposal does not speak', (text) => text.replace('20-11-2026', '2026-11-20')],
      ['the underscore, of which the proposal does not speak', (text) => text.replace('data-sig', 'data_sig')],
      ['the padded country, of which the proposal does not speak', (text) => text.replace('"55"', '"055"')],
      ['blanks between its members', (text) => JSON.stringify(JSON.parse(text), null, 1)],
      ['a line feed at its end', (text) => `${text}\n`],
      ['an escape that nobody needs', (text) => text.replace('Maria', '\\u004daria')],
      ['its members in another order', (text) => text.replace(/^\{("type":"[^"]+"),(.*)\}$/s, '{$2,$1}')],
      [
        'its innermost members in another order',
        (text) => text.replace(/("country_code":"55"),("area_code":"11")/, '$2,$1'),
      ],
    ] satisfies [string, (text: string) => string][]
  ).map(([what, change]) =>
    reencoded(`another spelling with ${what}`, 'TAMPERED', rewrite(second, change), saying(taken, second)),
  ),
  reencoded(
    'a first body with a blank that another spelling has too',
    'TAMPERED',
    rewrite(first, (text) => text.replace('{', '{ ')),
    rewrite(second, (text) => text.replace('{', '{ ')),
    saying(refused, first),
    saying(taken, second),
  ),
  made('the first body again in the place of the second', 'TAMPERED', {
    stage: 'reencoded',
    changeParts: changing(
      (parts) => {
        parts.set(second, new Uint8Array(parts.get(first) ?? []));
      },
      saying(taken, second),
    ),
    changeStory: (events) => {
      const proposal = eventIn(events, 'proposed');
      proposal.data = { reencode: proposal.data.reencode ?? '' };
    },
  }),
  reencoded(
    'another first body than the one that was accepted',
    'TAMPERED',
    replace(first, 'Maria', 'Marta'),
    saying(refused, first),
  ),
  reencoded('a refused call that says it sent the second body', 'TAMPERED', saying(refused, second)),
  reencoded('a call that says it sent the first body again', 'TAMPERED', saying(taken, first)),
  reencoded(
    'a question that says it sent a body',
    'TAMPERED',
    edit<AttemptPart>(taken, (call) => Object.assign(call, { kind: 'query' })),
  ),
  made('evidence of the body that was refused', 'TAMPERED', {
    stage: 'reencoded',
    changeFiles: (files) => {
      const bodySha256 = hashIn(files, refused);
      edit<Evidence>('evidence.json', ({ delivery }) =>
        Object.assign(delivery.bodySha256 ?? {}, { value: bodySha256 }),
      )(files);
    },
  }),
  made('the second body left out', 'INCOMPLETE', {
    stage: 'reencoded',
    changeFiles: (files) => {
      const bodySha256 = hashIn(files, refused);
      without(second)(files);
      edit<Evidence>('evidence.json', ({ delivery }) =>
        Object.assign(delivery.bodySha256 ?? {}, { value: bodySha256 }),
      )(files);
    },
  }),
  told('an approval by whoever proposed it', (events) => approvalIn(events, { actorId: 'staff-1' })),
  told('an approval by nobody who is named', (events) => {
    delete eventIn(events, 'approved').actorId;
  }),
  told('an approval by the merchant', (events) => approvalIn(events, { actor: 'merchant' })),
  told('an approval of something else', (events) => approvalIn(events, { data: { reencode: 'x' } })),
  told('an approval without a proposal', (events) => {
    events.splice(events.indexOf(eventIn(events, 'proposed')), 1);
  }),
  told('a proposal that names another form than its body has', (events) => {
    eventIn(events, 'proposed').data.countryCode = '055';
  }),
  told('a proposal that does not name all that its body changes', (events) => {
    delete eventIn(events, 'proposed').data.type;
  }),
  told('a proposal that names more than its body changes', (events) => {
    eventIn(events, 'proposed').data.name = 'Marta';
  }),
  told('a proposal and an approval without an id', (events) => {
    for (const what of ['proposed', 'approved']) delete eventIn(events, what).data.reencode;
  }),
  told('a proposal and an approval whose id is a number', (events) => {
    for (const what of ['proposed', 'approved']) eventIn(events, what).data.reencode = 1;
  }),
  told('a proposal that was taken back, and approved', (events) =>
    before(events, 'approved', decision(events, 'withdrawn', 'staff-1')),
  ),
  told('a proposal that was declined, and approved', (events) =>
    before(events, 'approved', decision(events, 'declined', 'staff-3')),
  ),
  told('a proposal that was made twice', (events) =>
    before(events, 'approved', structuredClone(eventIn(events, 'proposed'))),
  ),
  told('a proposal that another than its maker took back', (events) => declineFirst(events, 'withdrawn', 'staff-3')),
  told('a proposal that its maker declined', (events) => declineFirst(events, 'declined', 'staff-1')),
  made('a proposal that was declined before the one that was approved', 'VALID', {
    stage: 'reencoded',
    changeStory: (events) => declineFirst(events, 'declined', 'staff-3'),
  }),
  made('a proposal that was taken back before the one that was approved', 'VALID', {
    stage: 'reencoded',
    changeStory: (events) => declineFirst(events, 'withdrawn', 'staff-1'),
  }),
  ...['delivery_ambiguous', 'delivery_retry', 'delivery_paused', 'delivery_needs_attention', 'lender_attempt'].map(
    (type) =>
      told(`another spelling after ${type} in the place of a refusal`, (events) =>
        Object.assign(refusalIn(events), { type, actor: 'system' }),
      ),
  ),
  told('another spelling after a refusal for something else than the form', (events) => {
    refusalIn(events).data = { reason: 'debt_cancelled' };
  }),
  told('an approval after the delivery has gone on', (events) =>
    before(events, 'approved', { ...eventIn(events, 'proposed'), type: 'delivery_resumed', data: {} }),
  ),
  told('a proposal while the delivery was going on, approved after the next refusal', (events) => {
    const refusal = refusalIn(events);
    before(events, 'proposed', { ...eventIn(events, 'proposed'), type: 'delivery_resumed', data: {} });
    before(events, 'approved', { ...eventIn(events, 'proposed'), type: refusal.type, data: refusal.data });
  }),
  made('a proposal that waits for a retry and the next refusal', 'VALID', {
    stage: 'reencoded',
    changeStory: (events) => {
      const [proposal, refusal] = [eventIn(events, 'proposed'), refusalIn(events)];
      before(events, 'approved', { ...proposal, type: 'delivery_resumed', data: {} });
      const { parts, ...again } = { ...refusal, occurredAt: proposal.occurredAt };
      before(events, 'approved', again);
    },
  }),
  made('a call that moves nothing between the refusal and the proposal', 'VALID', {
    stage: 'reencoded',
    changeStory: (events) =>
      before(events, 'proposed', {
        ...refusalIn(events),
        parts: {},
        type: 'lender_attempt',
        actor: 'system',
        data: {},
      }),
  }),
  told('an approval that commits to nothing', (events) => {
    const { parts } = eventIn(events, 'approved');
    delete eventIn(events, 'approved').parts;
    Object.assign(eventIn(events, 'proposed'), { parts });
  }),
  told('a second body that no approval stands for', (events) => approvalIn(events, { type: 'delivery_resumed' })),
  told('a first body in the place of the second', (events) =>
    approvalIn(events, { type: 'link_opened', actor: 'signer' }),
  ),
];

function reencoded(name: string, verdict: 'VALID' | 'TAMPERED', ...changes: ((parts: Parts) => void)[]): DossierVector {
  return made(name, verdict, { stage: 'reencoded', changeParts: changing(...changes) });
}

export function changing(...changes: ((parts: Parts) => void)[]): (parts: Parts) => void {
  return (parts) => {
    for (const change of changes) change(parts);
  };
}

function told(name: string, changeStory: (events: EventDraft[]) => void): DossierVector {
  return made(name, 'TAMPERED', { stage: 'reencoded', changeStory });
}

/** The call says that it sent this file as it is now. */
export function saying(call: string, file: string): (parts: Parts) => void {
  return (parts) => {
    const bodySha256 = sha256(parts.get(file) ?? '').toString('hex');
    if (hashIn(parts, call) !== bodySha256)
      edit<AttemptPart>(call, (part) => Object.assign(part, { bodySha256 }))(parts);
  };
}

function forgetBody(call: AttemptPart): void {
  delete call.bodySha256;
}

export function eventIn(events: EventDraft[], what: string): EventDraft {
  const found = events.find(({ type }) => type === `delivery_reencode_${what}`);
  if (!found) throw new Error(`nothing was ${what}`);
  return found;
}

function approvalIn(events: EventDraft[], change: Partial<EventDraft>): void {
  Object.assign(eventIn(events, 'approved'), change);
}

export function refusalIn(events: EventDraft[]): EventDraft {
  const found = events.find(({ type }) => type === 'lender_rejected');
  if (!found) throw new Error('nothing was refused');
  return found;
}

function before(events: EventDraft[], what: string, event: EventDraft): void {
  events.splice(events.indexOf(eventIn(events, what)), 0, event);
}

/** How somebody ends the proposal, as its approval is told. */
function decision(events: EventDraft[], what: string, actorId: string): EventDraft {
  const { parts, ...approval } = eventIn(events, 'approved');
  const { occurredAt } = eventIn(events, 'proposed');
  return { ...approval, occurredAt, type: `delivery_reencode_${what}`, actorId };
}

/** A proposal with an id of its own that ends so before the one that is approved. */
function declineFirst(events: EventDraft[], what: string, actorId: string): void {
  const data = { reencode: '01939f00-0000-7000-8000-0000000000ab' };
  const ended = { ...decision(events, what, actorId), data };
  before(events, 'proposed', { ...eventIn(events, 'proposed'), data: { ...data, type: 'data-signature' } });
  events.splice(events.findIndex(({ data }) => data.reencode === ended.data.reencode) + 1, 0, ended);
}
