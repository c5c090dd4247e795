import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { buttonLabel, consentsFor, noticeFor } from '#lib/copy/consents.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { displayForm } from '#lib/domain/contract-text.ts';
import { policyVersion } from '#lib/domain/policy.ts';
import { detailFields, type KeptDetails } from '#lib/domain/signer-detail.ts';
import { type AcceptanceRecord, acceptanceRecord } from '#lib/evidence/acceptance-record.ts';
import { chainStart, contentHash, type EventContent, linkHash, partHash } from '#lib/evidence/event-chain.ts';
import { type AttemptPart, type ContractFactsPart, partBytes, type SessionPart } from '#lib/evidence/parts.ts';
import { encodeOptIn } from '#lib/providers/qitech/body.ts';
import { wallTimeIn } from '#lib/providers/qitech/wall-time.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { reencodedEvents } from './reference-reencode.ts';
import { testBuildId, testSoftware } from './software.ts';

/**
 * How far the invented session of a reference dossier has come. `corrected` is delivered after the signer has changed the phone, `reencoded`
 * in another spelling than the lender refused.
 */
export type Stage = 'delivered' | 'corrected' | 'reencoded' | 'accepted' | UnsignedStage;
type UnsignedStage = keyof typeof unsignedEnds;
export type Person = { name: string; email: string; identity: string; phone: string };

export const firstPerson: Person = {
  name: 'Maria Exemplo da Silva',
  email: 'maria@example.com',
  identity: '11144477735',
  phone: '+5511912345678',
};

const contractText = 'CONTRATO DE EXEMPLO\r\n\r\n1. A parte paga 12 parcelas de R$ 100,00.\n2. Ação: nenhuma.\n';
const facts: ContractFactsPart = {
  title: 'Contrato de exemplo',
  version: '3',
  language: 'pt-BR',
  summary: [{ label: 'Valor', value: 'R$ 1.200,00' }],
};
const request = {
  requestId: 'req-accept',
  ip: '203.0.113.7',
  sourcePort: 41234,
  ipTrust: 'direct' as const,
  isPublicAddress: true,
  socketPeer: '203.0.113.7',
  socketPort: 41234,
  userAgent: 'Exemplo/1.0',
  acceptLanguage: 'pt-BR',
  clientHints: { 'sec-ch-ua-platform': '"Android"' },
};

export const acceptedAt = new Date('2026-11-20T14:03:22.481Z');
const attemptId = '01939f00-0000-7000-8000-000000000001';
const later = (seconds: number) => new Date(acceptedAt.getTime() + seconds * 1000);

/** An event before it is salted and chained. `parts` are files, by the names under which the event commits to them. */
export type EventDraft = EventContent & { occurredAt: string; parts?: Record<string, string> };

export type Story = {
  session: SessionPart;
  details: KeptDetails;
  parts: Map<string, Uint8Array>;
  events: EventDraft[];
};

/** The parts and events of a session about `person`; the same arguments give the same bytes. */
export function referenceStory(stage: Stage, person: Person, signingSessionId: string): Story {
  const session: SessionPart = {
    signingSessionId,
    workspaceId: 'b1f7b9a0-0000-4000-8000-000000000001',
    apiKeyId: 'b1f7b9a0-0000-4000-8000-000000000002',
    orderId: 'pedido-1',
    debtKey: 'divida-1',
    provider: 'opt-in',
    language: 'pt-BR',
    merchantLegalName: 'Loja Exemplo',
    lenderLegalName: 'Credor Exemplo',
    createdAt: later(-600).toISOString(),
    // Before the checkpoint was stamped, for a session whose time has run out.
    expiresAt: later(stage === 'expired' ? 20 : 86_400).toISOString(),
    finalDueDate: '2027-11-20',
  };
  const given = Object.fromEntries(
    detailFields.map((name) => [name, { value: person[name], source: 'merchant' as const }]),
  );
  const parts = new Map<string, Uint8Array>([
    ['session.json', partBytes(session)],
    ['contract.txt', utf8ToBytes(contractText)],
    ['contract-facts.json', partBytes(facts)],
    ['details-1.json', partBytes({ version: 1, setBy: 'merchant', details: given })],
  ]);
  const opening = openingEvents(session);
  if (isUnsigned(stage)) return { session, details: given, parts, events: [...opening, unsignedEnds[stage]()] };
  const isCorrected = stage === 'corrected';
  const details = isCorrected ? correct(given, parts) : given;
  const { record, body } = act(session, details, isCorrected ? 2 : 1);
  parts.set('acceptance.json', utf8ToBytes(canonicalJson(record)));
  parts.set('lender/request.json', body);
  const correction = isCorrected ? [corrected()] : [];
  const signed = [...opening, ...correction, accepted(record)];
  if (stage === 'accepted') return { session, details, parts, events: signed };
  if (stage === 'reencoded') {
    const at = (seconds: number) => later(seconds).toISOString();
    return { session, details, parts, events: [...signed, ...reencodedEvents(parts, { event, at })] };
  }
  parts.set(`lender/attempts/${attemptId}.json`, partBytes(attempt()));
  return { session, details, parts, events: [...signed, received()] };
}

/** The details as the signer leaves them, kept as a version of their own. */
function correct(given: KeptDetails, parts: Story['parts']): KeptDetails {
  const before = given.phone?.value ?? '';
  const phone = { value: '+5521987654321', source: 'signer' as const, typed: '(21) 98765-4321', replaces: before };
  const details = { ...given, phone };
  parts.set('details-2.json', partBytes({ version: 2, setBy: 'signer', details }));
  return details;
}

function openingEvents(session: SessionPart): EventDraft[] {
  const { requestId: _, ...network } = request;
  const names = { session: 'session.json', contract: 'contract.txt', 'contract-facts': 'contract-facts.json' };
  const parts = { ...names, 'details-1': 'details-1.json' };
  return [
    {
      ...event('created', 'merchant', -600),
      data: { policyVersion },
      actorId: session.apiKeyId ?? '',
      requestId: 'req-create',
      parts,
    },
    { ...event('link_opened', 'signer', -60), requestId: 'req-open', private: network },
    {
      ...event('started', 'signer', -30),
      data: { startedAt: later(-30.004).toISOString() },
      requestId: 'req-begin',
      private: network,
    },
  ];
}

const event = (type: string, actor: string, seconds: number): EventDraft => ({
  type,
  actor,
  data: {},
  occurredAt: later(seconds).toISOString(),
});

const closed = () => ({ closedAt: later(0).toISOString() });

/** How a session can end that nobody signed. Nobody tells of the end of its time but the clock, a while later. */
const unsignedEnds = {
  declined: (): EventDraft => ({ ...event('declined', 'signer', 0), data: closed(), private: { words: 'Não quero' } }),
  cancelled: (): EventDraft => ({
    ...event('cancelled', 'merchant', 0),
    requestId: 'req-cancel',
    data: closed(),
    private: { words: 'Pedido cancelado' },
  }),
  expired: (): EventDraft => event('expired', 'system', 50),
};

export function isUnsigned(stage: Stage): stage is UnsignedStage {
  return Object.hasOwn(unsignedEnds, stage);
}

const corrected = (): EventDraft => ({
  ...event('details_submitted', 'signer', -25),
  data: { version: 2, changed: 'phone' },
  parts: { 'details-2': 'details-2.json' },
});

function accepted({ contractSha256, detailsVersion, offer }: AcceptanceRecord): EventDraft {
  const { requestId, ...network } = request;
  return {
    ...event('accepted', 'signer', 0.012),
    requestId,
    data: { contractSha256, detailsVersion, offerId: offer.id },
    private: network,
    parts: { acceptance: 'acceptance.json', 'lender-request': 'lender/request.json' },
  };
}

const received = (): EventDraft => ({
  ...event('lender_received', 'lender', 3),
  data: { reason: 'signature_stored', deliveredAt: later(2).toISOString(), deliveredBy: 'reply' },
  parts: { [`attempt-${attemptId}`]: `lender/attempts/${attemptId}.json` },
});

const attempt = (): AttemptPart => ({
  id: attemptId,
  kind: 'submit',
  startedAt: later(1).toISOString(),
  endedAt: later(2).toISOString(),
  outcome: 'delivered',
  reason: 'signature_stored',
  counted: true,
  httpStatus: 200,
  reply: {
    headers: { 'content-type': 'application/json' },
    bodyBase64: Buffer.from(
      '{"event_datetime":"2026-11-20 14:03:24","key":"divida-1","status":"signature_received"}',
    ).toString('base64'),
  },
});

/** What the signer's act leaves: the record, and the body for the lender. */
function act(session: SessionPart, details: KeptDetails, detailsVersion: number) {
  const { signingSessionId, debtKey, merchantLegalName, lenderLegalName } = session;
  const contractSha256 = sha256(contractText).toString('hex');
  const subject = { title: facts.title, merchant: merchantLegalName, lender: lenderLegalName, sha256: contractSha256 };
  const record = acceptanceRecord({
    presentation: {
      contractSha256,
      consents: consentsFor('pt-BR', subject),
      notice: noticeFor('pt-BR'),
      buttonLabel: buttonLabel('pt-BR'),
      summary: facts.summary,
    },
    offer: { id: 'offer-1', issuedAt: later(-20), build: testBuildId },
    browserReport: {
      displayCheck: 'match',
      displayedSha256: sha256(displayForm(contractText)).toString('hex'),
      viewport: '360x640',
      pixelRatio: '2.5',
      timeZone: 'America/Sao_Paulo',
    },
    acceptedAt,
    receiptCode: '7K3F-9QTM-XB2C',
    request,
    details,
    detailsVersion,
    software: { build: testBuildId, ...testSoftware },
  });
  const [name = '', email = '', document = '', phone = ''] = detailFields.map((field) => details[field]?.value);
  const signer = { name, email, document, phone };
  const body = encodeOptIn(
    { signingSessionId, debtKey, contractText, acceptedAt, clientIp: request.ip, signer },
    { signatureType: 'data_signature', wallTime: wallTimeIn('America/Sao_Paulo') },
  );
  return { record, body };
}

/** A line of events.jsonl. */
export type EventLine = EventContent & {
  hash: string;
  occurredAt: string;
  prevHash: string;
  salt: string;
  sequence: number;
};

/** Salts and chains the events in their order, each committing to the bytes of its parts as they are now. */
export function chained(drafts: readonly EventDraft[], files: ReadonlyMap<string, Uint8Array>): EventLine[] {
  let previous: Uint8Array = chainStart;
  return drafts.map(({ parts, occurredAt, ...content }, index) => {
    const sequence = index + 1;
    const salt = sha256(`salt of event ${sequence}`);
    const commits = Object.fromEntries(
      Object.entries(parts ?? {}).map(([name, file]) => [
        name,
        bytesToHex(partHash(salt, files.get(file) ?? new Uint8Array(0))),
      ]),
    );
    const said = parts ? { ...content, private: { ...content.private, commits } } : content;
    const prevHash = bytesToHex(previous);
    previous = linkHash({ previous, content: contentHash(salt, said), sequence, occurredAt });
    return { ...said, hash: bytesToHex(previous), occurredAt, prevHash, salt: salt.toString('hex'), sequence };
  });
}
