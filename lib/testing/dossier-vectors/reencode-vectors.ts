import type { AttemptPart } from '#lib/evidence/parts.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { reencodedAttempts } from '../reference-reencode.ts';
import type { EventDraft } from '../reference-story.ts';
import { type DossierVector, edit, made, replace, rewrite, textOf, without } from './vector.ts';

const [refused, taken] = reencodedAttempts.map((id) => `lender/attempts/${id}.json`) as [string, string];
const first = 'lender/request.json';
const second = 'lender/request-2.json';

type Parts = Map<string, Uint8Array>;
const hashIn = (parts: Parts, file: string) => (JSON.parse(textOf(parts, file)) as AttemptPart).bodySha256 ?? '';
type Evidence = { delivery: Record<string, { value: unknown }> };

/** A body that took another's place after the lender had refused it for its form: told as it was, and told otherwise. */
export const reencodeVectors: DossierVector[] = [
  made('a body in another spelling that two people agreed on', 'VALID', { stage: 'reencoded' }),
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
  reencoded(
    'another spelling of the time, the year first',
    'VALID',
    replace(second, '20-11-2026', '2026-11-20'),
    saying(taken, second),
  ),
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
  const changeParts = (parts: Parts) => {
    for (const change of changes) change(parts);
  };
  return made(name, verdict, { stage: 'reencoded', changeParts });
}

function told(name: string, changeStory: (events: EventDraft[]) => void): DossierVector {
  return made(name, 'TAMPERED', { stage: 'reencoded', changeStory });
}

/** The call says that it sent this file as it is now. */
function saying(call: string, file: string): (parts: Parts) => void {
  return (parts) => {
    const bodySha256 = sha256(parts.get(file) ?? '').toString('hex');
    if (hashIn(parts, call) !== bodySha256)
      edit<AttemptPart>(call, (part) => Object.assign(part, { bodySha256 }))(parts);
  };
}

function forgetBody(call: AttemptPart): void {
  delete call.bodySha256;
}

function eventIn(events: EventDraft[], what: string): EventDraft {
  const found = events.find(({ type }) => type === `delivery_reencode_${what}`);
  if (!found) throw new Error(`nothing was ${what}`);
  return found;
}

function approvalIn(events: EventDraft[], change: Partial<EventDraft>): void {
  Object.assign(eventIn(events, 'approved'), change);
}
