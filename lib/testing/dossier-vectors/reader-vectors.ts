import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { Files } from '../reference-log.ts';
import { addLines } from './limit-vectors.ts';
import { type DossierVector, edit, made, put, resealed, rewrite, trusting, without } from './vector.ts';

type Members = Record<string, unknown>;
type Field = { value: unknown };
type Evidence = Record<string, Record<string, Field>>;

/** What one reader would take and another would not, if both were not held to the stricter reading. */
export const readerVectors: DossierVector[] = [
  made('an acceptance with half a character in a consent, committed to', 'TAMPERED', {
    changeParts: edit<{ consents: Members[] }>('acceptance.json', ({ consents }) =>
      Object.assign(consents[0] ?? {}, { text: 'X\ud800', sha256: 'no text' }),
    ),
  }),
  ...(
    [
      ['an area code that is a number', '"area_code":"11"', '"area_code":11'],
      ['an area code that is a list', '"area_code":"11"', '"area_code":["11"]'],
      ['a phone that is a number', '"number":"912345678"', '"number":912345678'],
      ['a number that no double holds', '{"', '{"a":1e400,"'],
    ] satisfies [string, string, string][]
  ).map(([what, from, to]) =>
    made(`a body for the lender with ${what}, committed to`, 'TAMPERED', {
      changeParts: rewrite('lender/request.json', (text) => text.replace(from, to)),
    }),
  ),
  made('an earlier call whose answer is not base64, committed to', 'TAMPERED', {
    changeParts: addEarlierCall,
    changeStory: (events) => Object.assign(events.at(-1)?.parts ?? {}, { 'attempt-earlier': earlierCall }),
    changeFiles: edit<Evidence>('evidence.json', ({ delivery }) => {
      const told = delivery?.attempts?.value;
      if (Array.isArray(told)) told.reverse();
    }),
  }),
  made('evidence.json with one time stamp that is no list', 'TAMPERED', {
    changeProofs: without('timestamps/authority-2.tsr'),
    changeFiles: edit<Evidence>('evidence.json', ({ integrity }) => {
      const told = integrity?.timeStamps;
      if (told && Array.isArray(told.value)) told.value = told.value[0];
    }),
    changeTrust: (trust) => Object.assign(trust, { timeStampQuorum: 1 }),
  }),
  made('evidence.json with a list of no time stamps', 'TAMPERED', {
    changeProofs: without('timestamps/authority-1.tsr', 'timestamps/authority-2.tsr'),
    changeFiles: edit<Evidence>('evidence.json', ({ integrity }) =>
      Object.assign(integrity ?? {}, { timeStamps: { value: [], source: 'tsa' } }),
    ),
    changeTrust: (trust) => Object.assign(trust, { timeStampQuorum: 0 }),
  }),
  made('evidence.json without a word of an event that is called commits', 'TAMPERED', {
    changeStory: (events) => Object.assign(events[1] ?? {}, { data: { commits: 'x' } }),
    changeFiles: edit<{ events: { data: Members }[] }>('evidence.json', ({ events }) => {
      delete events[1]?.data.commits;
    }),
  }),
  resealed(
    'evidence.json with a third member in a captured field',
    'INPUT_ERROR',
    edit<Evidence>('evidence.json', ({ network }) => Object.assign(network?.ip ?? {}, { note: 'x' })),
  ),
  made('evidence.json with a line of a witness that tells no time', 'TAMPERED', {
    changeFiles: (files) => {
      const undated = { name: 'x.example', keyId: '00000000', signature: new Uint8Array(72).fill(0xff) };
      addLines(1, undated)(files);
      edit<Evidence>('evidence.json', ({ integrity }) => {
        const seen = integrity?.witnesses?.value;
        if (Array.isArray(seen)) seen.push({ name: 'x.example', at: null });
      })(files);
    },
  }),
  made('an event in the year 0', 'INPUT_ERROR', {
    changeStory: (events) => Object.assign(events[0] ?? {}, { occurredAt: '0000-01-01T00:00:00.000Z' }),
  }),
  made('an unreadable record that is not listed', 'TAMPERED', { changeSealed: put('details-7.json', 'x') }),
  trusting('log: a key whose number is in capitals is trusted', 'INPUT_ERROR', ({ logs }) => ({
    logs: logs.map((key) => key.replace(/\+[0-9a-f]{8}\+/, (number) => number.toUpperCase())),
  })),
];

const earlierCall = 'lender/attempts/earlier.json';

function addEarlierCall(parts: Files): void {
  const [, bytes] = [...parts].find(([name]) => name.startsWith('lender/attempts/')) ?? [];
  const call = JSON.parse(Buffer.from(bytes ?? []).toString());
  const changed = {
    ...call,
    id: 'earlier',
    startedAt: '2026-11-20T14:03:22.500Z',
    reply: { ...call.reply, bodyBase64: '!' },
  };
  put(earlierCall, canonicalJson(changed))(parts);
}
