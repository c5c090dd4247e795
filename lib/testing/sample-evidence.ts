import { createHash } from 'node:crypto';
import { buttonLabel, consentsFor, noticeFor } from '#lib/copy/consents.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import type { RequestFacts } from '#lib/domain/request-facts.ts';
import { sampleContract, sampleSummary } from '#lib/domain/sample-contract.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';
import { acceptanceRecord } from '#lib/evidence/acceptance-record.ts';
import { type EvidenceInput, evidenceView } from '#lib/evidence/evidence-view.ts';
import { testBuildId, testSoftware } from './software.ts';

const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const dueAt = new Date('2027-12-10T00:00:00.000Z');
/** Five years after the debt's last due day, and 180 days for what is filed on the last of them. */
const retainUntil = new Date('2033-06-08T00:00:00.000Z');

const contract = sampleContract({
  signerName: 'Maria Aparecida da Silva Souza',
  identity: '11144477735',
  merchantLegalName: 'Loja Exemplo Comércio de Móveis Ltda.',
  lenderLegalName: 'Exemplo Sociedade de Crédito Direto S.A.',
  orderId: 'PED-2026-004711',
});

const details: KeptDetails = {
  name: { value: 'Maria Aparecida da Silva Souza', source: 'merchant' },
  identity: { value: '11144477735', source: 'merchant' },
  email: {
    value: 'maria.souza@exemplo.com.br',
    source: 'signer',
    typed: ' Maria.Souza@exemplo.com.br',
    replaces: 'mariazinha@antigo.com.br',
  },
  phone: { value: '+5511987654321', source: 'signer', typed: '11 98765-4321', replaces: '+5521912340000' },
};

const request: RequestFacts = {
  requestId: 'req_018f3b1e7c5a7d3e9a41',
  ip: '177.32.18.94',
  sourcePort: 51934,
  ipTrust: 'trusted_proxy',
  isPublicAddress: true,
  socketPeer: '198.51.100.27',
  socketPort: 43120,
  rawForwarded: 'for="177.32.18.94:51934";proto=https',
  userAgent:
    'Mozilla/5.0 (Linux; Android 14; SM-A146M) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  acceptLanguage: 'pt-BR,pt;q=0.9',
  clientHints: { 'sec-ch-ua-mobile': '?1', 'sec-ch-ua-platform': '"Android"' },
};

/** Everything of the sample's person that a version for sharing must not show, in each form in which it could appear. */
export const samplePersonalValues = [
  '111.444.777-35',
  '11144477735',
  'maria.souza',
  'Maria.Souza',
  'mariazinha',
  '987654321',
  '98765-4321',
  '912340000',
  '91234-0000',
  '177.32.18.94',
  '198.51.100.27',
  'segredo de família',
  'CPF da cliente',
] as const;

/** The evidence of an invented session, accepted and delivered: the details with all their history, a proxy, a repeated attempt. */
export function sampleEvidence(language: CopyLanguage = 'pt-BR') {
  const contractSha256 = sha256(contract.text);
  const merchant = 'Loja Exemplo Comércio de Móveis Ltda.';
  const lender = 'Exemplo Sociedade de Crédito Direto S.A.';
  const acceptance = acceptanceRecord({
    presentation: {
      contractSha256,
      consents: consentsFor(language, { title: contract.title, merchant, lender, sha256: contractSha256 }),
      notice: noticeFor(language),
      buttonLabel: buttonLabel(language),
      summary: sampleSummary,
    },
    offer: { id: '5d0c4a8e-1f0b-4f43-9d6e-0b1c2d3e4f50', issuedAt: at('17:02:11.030'), build: testBuildId },
    browserReport: {
      displayCheck: 'match',
      displayedSha256: contractSha256,
      viewport: '384x727',
      pixelRatio: '2.8',
      timeZone: 'America/Sao_Paulo',
    },
    acceptedAt: at('17:04:09.512'),
    receiptCode: '7K3F-9QTM-XB2C',
    request,
    details,
    detailsVersion: 2,
    software: { build: testBuildId, ...testSoftware },
  });
  const input = sampleInput({ acceptance, contractSha256, merchant, lender });
  return { input, evidence: evidenceView(input), acceptance, contractText: contract.text };
}

type Signed = {
  acceptance: ReturnType<typeof acceptanceRecord>;
  contractSha256: string;
  merchant: string;
  lender: string;
};

function sampleInput({ acceptance, contractSha256, merchant, lender }: Signed): EvidenceInput {
  return {
    session: {
      id: '3f8e2a6c-5b1d-4c7e-9a0f-8d2b6e4c1a35',
      workspaceId: '01935b1e-7c5a-7d3e-9a41-0c2d4e6f8a10',
      status: 'COMPLETED',
      orderId: 'PED-2026-004711',
      debtKey: 'b6c1f7de-2a30-4c55-8f7e-9e1b0d3c5a72',
      provider: 'opt-in',
      language: 'pt-BR',
      merchantLegalName: merchant,
      lenderLegalName: lender,
      createdAt: at('16:40:00.000'),
      expiresAt: new Date('2026-11-27T16:40:00.000Z'),
      startedAt: at('17:00:31.204'),
      closedAt: at('17:04:09.512'),
      finalDueDate: '2027-12-10',
    },
    contract: {
      title: contract.title,
      version: contract.version,
      language: contract.language,
      sha256: contractSha256,
      sha3: createHash('sha3-256').update(contract.text).digest('hex'),
      displaySha256: contractSha256,
      byteLength: Buffer.byteLength(contract.text),
      characterCount: [...contract.text].length,
      summary: sampleSummary,
    },
    details,
    record: acceptance,
    recordSha256: sha256(JSON.stringify(acceptance)),
    events: sampleEvents,
    chain: { events: sampleEvents.length, lastHash: sha256('the last event') },
    keeping: {
      classes: [{ class: 'E1', startsAt: dueAt, keepUntil: retainUntil, reason: 'final_due_date', isHeld: false }],
      holds: [],
      accesses: { until: at('17:04:50.391'), taken: [] },
    },
    delivery: {
      status: 'DELIVERED',
      bodySha256: sha256('the body that was sent'),
      attempts: [
        attempt('17:04:10.020', '17:04:20.031', 'ambiguous', 'first_byte_timeout'),
        { ...attempt('17:04:50.100', '17:04:50.391', 'delivered', 'signature_received'), httpStatus: 200 },
      ],
      deliveredAt: at('17:04:50.391'),
      deliveredBy: 'reply',
      words: { code: 'SIGN-0200', message: 'assinatura recebida, CPF da cliente conferido' },
    },
  };
}

const { requestId, ...network } = request;

const sampleEvents: EvidenceInput['events'] = [
  { type: 'created', actor: 'merchant', occurredAt: at('16:40:00.000'), requestId, data: {} },
  opened('16:58:40.118'),
  opened('16:59:02.870'),
  opened('17:00:29.433'),
  { type: 'started', actor: 'signer', occurredAt: at('17:00:31.204'), requestId, data: {}, private: network },
  {
    type: 'details_submitted',
    actor: 'signer',
    occurredAt: at('17:01:55.640'),
    requestId,
    data: { version: 2 },
    private: { ...network, words: 'segredo de família' },
  },
  { type: 'accepted', actor: 'signer', occurredAt: at('17:04:09.512'), requestId, data: {}, private: network },
  { type: 'delivery_ambiguous', actor: 'system', occurredAt: at('17:04:20.031'), data: {} },
  { type: 'lender_received', actor: 'lender', occurredAt: at('17:04:50.391'), data: { httpStatus: 200 } },
];

function opened(time: string): EvidenceInput['events'][number] {
  return { type: 'link_opened', actor: 'signer', occurredAt: at(time), requestId, data: {}, private: network };
}

function attempt(startedAt: string, endedAt: string, outcome: string, reason: string) {
  return { kind: 'submit', startedAt: at(startedAt), endedAt: at(endedAt), outcome, reason, counted: true };
}
