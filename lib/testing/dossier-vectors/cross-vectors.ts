import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { referenceDossier, sealSigner } from '../reference-dossier.ts';
import type { Files } from '../reference-log.ts';
import { type DossierVector, edit, made, put, replace, resealed, rewrite } from './vector.ts';

export type Members = Record<string, unknown>;

/** Records that contradict each other, although every list, hash, commitment and seal around them is right. */
export const crossVectors: DossierVector[] = [
  ...Object.entries({
    transaction:
      'signingSessionId workspaceId orderId debtKey provider merchantLegalName lenderLegalName language status createdAt startedAt expiresAt closedAt finalDueDate signingDeadline assuranceLevel',
    document: 'title version language sha256 sha3_256 displaySha256 byteLength characterCount summary',
    presentation:
      'buttonLabel boxesAtStart uiBuildId summarySha256 notice displayIntegrity displayedSha256 viewport devicePixelRatio timeZone',
    act: 'acceptedAt boxesTicked receiptCode detailsVersion offerId offerIssuedAt submitRequestId',
    network: 'ip ipTrust socketPeer rawForwarded userAgent acceptLanguage sourcePort socketPort',
    signer: 'name email identity phone',
    integrity: 'acceptanceRecordSha256 eventChain log timeStamps witnesses',
    authentication: 'type linkDelivery linkFirstOpenedAt',
    delivery: 'status bodySha256 attempts deliveredAt deliveredBy',
  }).flatMap(([group, names]) => names.split(' ').flatMap((name) => wrongField(group, name))),
  inEvidence('another source of the name', 'TAMPERED', ({ signer }) => setIn(signer, 'name', 'source', 'signer')),
  inEvidence('a status that is not final, and says so', 'TAMPERED', (record) =>
    Object.assign(record, { final: false }),
  ),
  inEvidence('another session', 'TAMPERED', (record) => Object.assign(record, { signingSessionId: 'another' })),
  inEvidence('an event less', 'TAMPERED', ({ events }) => (events as unknown[]).pop()),
  inEvidence('another type of an event', 'TAMPERED', ({ events }) => setIn(events, '1', 'type', 'late_act')),
  inEvidence('another actor of an event', 'TAMPERED', ({ events }) => setIn(events, '1', 'actor', 'staff')),
  inEvidence('another time of an event', 'TAMPERED', ({ events }) =>
    setIn(events, '1', 'occurredAt', '2026-11-20T14:02:22.482Z'),
  ),
  inEvidence('another request of an event', 'TAMPERED', ({ events }) => setIn(events, '1', 'requestId', 'x')),
  inEvidence('another word in an event', 'TAMPERED', ({ events }) => setIn(events, '4', 'data', {})),
  inEvidence('no commitments among the events', 'VALID', ({ events }) => {
    for (const { data } of events as { data: Members }[]) delete data.commits;
  }),
  inEvidence('another consent', 'TAMPERED', ({ presentation }) =>
    setIn((presentation as Members).consents, '0', 'text', 'Eu não li'),
  ),
  inEvidence('no consents', 'TAMPERED', ({ presentation }) => Object.assign(presentation as Members, { consents: [] })),
  inEvidence('another root of the log', 'TAMPERED', ({ integrity }) =>
    setValue(integrity, 'log', 'rootHex', '0'.repeat(64)),
  ),
  inEvidence('another size of the log', 'TAMPERED', ({ integrity }) => setValue(integrity, 'log', 'treeSize', 99)),
  inEvidence('another origin of the log', 'TAMPERED', ({ integrity }) => setValue(integrity, 'log', 'logOrigin', 'x')),
  inEvidence('another last hash', 'TAMPERED', ({ integrity }) =>
    setValue(integrity, 'eventChain', 'lastHash', '0'.repeat(64)),
  ),
  inEvidence('another number of events', 'TAMPERED', ({ integrity }) => setValue(integrity, 'eventChain', 'events', 4)),
  inEvidence('another time of a stamp', 'TAMPERED', ({ integrity }) =>
    setValue(integrity, 'timeStamps', '0', { authority: 'authority-1', at: '2026-11-20T14:05:00.001Z' }),
  ),
  inEvidence('another authority', 'TAMPERED', ({ integrity }) =>
    setValue(integrity, 'timeStamps', '0', { authority: 'x', at: '2026-11-20T14:05:00.000Z' }),
  ),
  inEvidence('an authority twice', 'TAMPERED', ({ integrity }) =>
    setValue(integrity, 'timeStamps', '2', { authority: 'authority-1', at: '2026-11-20T14:05:00.000Z' }),
  ),
  inEvidence('another time of a witness', 'TAMPERED', ({ integrity }) =>
    setValue(integrity, 'witnesses', '0', { name: 'witness.example', at: '2026-11-20T14:05:01.000Z' }),
  ),
  inEvidence('a group more', 'INPUT_ERROR', (record) => Object.assign(record, { more: { a: 1 } })),
  inEvidence('a field more', 'INPUT_ERROR', ({ network }) =>
    Object.assign(network as Members, { more: { value: 1, source: 'server' } }),
  ),

  ...Object.entries<[string, unknown][]>({
    'acceptance.json': [
      ['acceptedAt', '2026-11-20T15:03:22.481Z'],
      ['contractSha256', '0'.repeat(64)],
      ['summary', []],
      ['summarySha256', '0'.repeat(64)],
      ['buttonLabel', 'Ver mais'],
      ['boxesAtStart', 'checked'],
      ['boxesTicked', ['agreeContract']],
      ['consents', []],
      ['detailsVersion', 2],
      ['receiptCode', 'AAAA-AAAA-AAAA'],
      ['details', {}],
    ],
  }).flatMap(([file, changes]) =>
    changes.map(([name, value]) =>
      made(`${file} with another ${name}, committed to`, 'TAMPERED', {
        changeParts: edit<Members>(file, (record) => Object.assign(record, { [name]: value })),
        changeFiles: evidenceOfTheTrueOne,
      }),
    ),
  ),
  accepting('another address', (record) => Object.assign(record.request as Members, { ip: '203.0.113.8' })),
  accepting('another request', (record) => Object.assign(record.request as Members, { requestId: 'x' })),
  accepting('another offer', (record) => Object.assign(record.offer as Members, { id: 'x' })),
  accepting('a consent in other words', (record) => setIn(record.consents, '0', 'text', 'Eu não li')),
  accepting('consents in another order', (record) => (record.consents as unknown[]).reverse()),
  accepting('a notice in other words', (record) => Object.assign(record.notice as Members, { text: 'Nada' })),
  accepting('another name', (record) => setIn(record.details, 'name', 'value', 'Marta Exemplo')),
  made("another person's acceptance", 'TAMPERED', { changeParts: takeFromStranger('acceptance.json') }),
  made("another person's acceptance and body for the lender", 'TAMPERED', {
    changeParts: takeFromStranger('acceptance.json', 'lender/request.json'),
  }),
  made("another person's details", 'TAMPERED', { changeParts: takeFromStranger('details-1.json') }),
  made('the body of another session', 'TAMPERED', { changeParts: takeFromStranger('lender/request.json') }),
  made('the parts of another session', 'TAMPERED', { changeParts: takeFromStranger('session.json') }),

  ...(
    [
      ['another text', (text) => text.replace('12 parcelas', '13 parcelas')],
      ['a text without carriage returns', (text) => text.replaceAll('\\r', '')],
      ['another session', (text) => text.replace('3f0d9c52', '4f0d9c52')],
      ['another address', (text) => text.replace('203.0.113.7', '203.0.113.8')],
      ['a time one minute later', (text) => text.replace('11:03:22', '11:04:22')],
      ['a time one second later', (text) => text.replace('11:03:22', '11:03:23')],
      ['a time a day later', (text) => text.replace('2026-11-20 ', '2026-11-21 ')],
      ['a time that no clock shows', (text) => text.replace('11:03:22', '25:03:22')],
      ['another name', (text) => text.replace('Maria', 'Marta')],
      ['another e-mail address', (text) => text.replace('maria@', 'marta@')],
      ['another phone', (text) => text.replace('912345678', '912345679')],
      ['another country', (text) => text.replace('"055"', '"54"')],
      ['another document', (text) => text.replace('11144477735', '52998224725')],
      ['another kind of signature', (text) => text.replace('"opt-in"', '"qualified"')],
      ['no kind', (text) => text.replace('"type":"data_signature",', '')],
      ['a second signature', (text) => text.replace(/\[(.*)\]/s, '[$1,$1]')],
      ['no signature', (text) => text.replace(/\[.*\]/s, '[]')],
      ['a name twice', (text) => text.replace('"raw_text":', '"raw_text":"x","raw_text":')],
      ['something after its end', (text) => `${text}x`],
      ['no JSON', () => 'x'],
    ] satisfies [string, (text: string) => string][]
  ).map(([what, change]) =>
    made(`a body for the lender with ${what}, committed to`, 'TAMPERED', {
      changeParts: rewrite('lender/request.json', change),
    }),
  ),
  made('a body for the lender in another zone', 'VALID', {
    changeParts: replace('lender/request.json', '11:03:22', '19:48:22'),
  }),
  made('a body for the lender with spaces', 'VALID', {
    changeParts: rewrite('lender/request.json', (text) => `${text} `),
  }),

  resealed(
    'another consent',
    'TAMPERED',
    rewrite('consent/agreeContract.txt', (text) => `${text} `),
  ),
  resealed('a notice in other words', 'TAMPERED', put('consent/notice.txt', 'Nada')),
  resealed(
    'another reply of the lender',
    'TAMPERED',
    rewrite('lender/response.json', (text) => `${text} `),
  ),
  receiptWith('another code', replace('receipt.json', '7K3F', '8K3F')),
  receiptWith('another promise', replace('receipt.json', '14:08:22', '14:09:22')),
  receiptWith(
    'another instant',
    rewrite('receipt.json', (text) => text.replace('14:03:22', '14:03:23').replace('14:08:22', '14:08:23')),
  ),
  receiptWith('another event', replace('receipt.json', /"eventHash":"../, '"eventHash":"00')),
  receiptWith('another contract', replace('receipt.json', /"contractSha256":"../, '"contractSha256":"00')),
  receiptWith('another session', replace('receipt.json', '3f0d9c52', '4f0d9c52')),
  made('an acceptance without an answer that calls itself final', 'TAMPERED', { stage: 'accepted', state: 'final' }),
  made('a session without an end that calls itself final', 'TAMPERED', {
    stage: 'declined',
    changeStory: (events) => {
      events.pop();
    },
  }),
];

/** A captured field of the evidence says something else, and the same field says nothing. */
export function wrongField(group: string, name: string): DossierVector[] {
  const path = `${group}.${name}`;
  const change = (field: Members) => (record: Members) => Object.assign(record[group] as Members, { [name]: field });
  const wasThere = !['transaction.signingDeadline', 'network.rawForwarded', 'presentation.downloadedAt'].includes(path);
  return [
    inEvidence(`another ${path}`, 'TAMPERED', change({ value: 'x', source: 'server' })),
    ...(wasThere
      ? [inEvidence(`no ${path}`, 'TAMPERED', change({ status: 'not_captured', reason: 'not_given' }))]
      : []),
  ];
}

export function inEvidence(what: string, verdict: Verdict, change: (record: Members) => unknown): DossierVector {
  return resealed(`evidence.json with ${what}`, verdict, edit<Members>('evidence.json', change));
}

/** The event commits to the changed acceptance; consents and evidence are made of it, as a forger with every key would. */
function accepting(what: string, change: (record: Members) => unknown): DossierVector {
  return made(`an acceptance with ${what}, committed to`, 'TAMPERED', {
    changeParts: edit<Members>('acceptance.json', change),
  });
}

function receiptWith(what: string, change: (files: Files) => void): DossierVector {
  return made(`a receipt with ${what}, signed`, 'TAMPERED', {
    changeFiles: async (files) => {
      change(files);
      files.set('receipt.sig', await sealSigner.sign(files.get('receipt.json') ?? new Uint8Array(0)));
    },
  });
}

const stranger = { name: 'José Exemplo', email: 'jose@example.com', identity: '52998224725', phone: '+5521987654321' };
const strangersSessionId = '5f0d9c52-6c1e-4b7a-9d57-0a4c1f6b2e11';

/** Parts of a session of somebody else, which the events then commit to. */
function takeFromStranger(...names: string[]): (parts: Files) => Promise<void> {
  return async (parts) => {
    const { files } = await referenceDossier({ person: stranger, signingSessionId: strangersSessionId });
    for (const name of names) parts.set(name, files.get(name) ?? new Uint8Array(0));
  };
}

/** Evidence of the unchanged acceptance, beside the changed one. */
async function evidenceOfTheTrueOne(files: Files): Promise<void> {
  const { files: unchanged } = await referenceDossier();
  const read = (from: Files) => JSON.parse(Buffer.from(from.get('evidence.json') ?? []).toString());
  const evidence = { ...read(unchanged), events: read(files).events };
  put('evidence.json', canonicalJson(evidence))(files);
}

export function setIn(parent: unknown, item: string, name: string, value: unknown): void {
  Object.assign((parent as Record<string, Members>)[item] ?? {}, { [name]: value });
}

/** Of a captured field whose value has members. */
export function setValue(group: unknown, field: string, name: string, value: unknown): void {
  Object.assign((group as Record<string, { value: Members }>)[field]?.value ?? {}, { [name]: value });
}
