import type { EvidenceField, EvidenceSource, EvidenceView } from '../evidence.ts';
import { exampleSessionId } from './example-session.ts';

const from = (source: EvidenceSource, value: string | number): EvidenceField => ({ value, source });

/** Evidence in outline: the fields whose names never move, and one or two of each other group. A real answer names every field. */
export const exampleEvidence: EvidenceView = {
  signingSessionId: exampleSessionId,
  final: true,
  transaction: { orderId: from('merchant', 'pedido-1001'), debtKey: from('merchant', 'divida-1001') },
  document: { sha256: from('server', '33357acdfdffb3201c435f55425b1e593dded125a6868185efb8618aa37d9a93') },
  presentation: {
    consents: [
      {
        id: 'agreeContract',
        version: '1',
        language: 'pt-BR',
        text: 'Li e aceito o contrato.',
        sha256: '1028c919e5bdc4e3840fca4983202fa047957a08e6ca54f404751e69c5ea51ed',
        source: 'server',
      },
    ],
  },
  signer: { name: from('merchant', 'Maria Souza'), phone: from('signer', '+5511912345678') },
  act: { acceptedAt: from('server', '2026-11-20T14:03:22.481Z') },
  network: {
    ip: from('server', '203.0.113.7'),
    sourcePort: from('server', 50_412),
    ipTrust: from('server', 'trusted_proxy'),
  },
  authentication: { oneTimeCode: { status: 'not_captured', reason: 'not_asked' } },
  events: [
    {
      type: 'created',
      actor: 'merchant',
      occurredAt: '2026-11-20T14:00:11.205Z',
      data: {},
      source: 'server',
    },
  ],
  delivery: { status: from('server', 'DELIVERED') },
  integrity: { acceptanceRecordSha256: { status: 'not_captured', reason: 'left_out_of_the_example' } },
  keeping: { accesses: { value: [], source: 'server' } },
};
