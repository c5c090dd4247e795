import type { z } from 'zod';
import type { createSessionBody } from '../create-session.ts';
import type { SessionListView, SessionView } from '../session.ts';

/** The people, houses and figures are invented; ids, hash and receipt code are whole, so that every example passes its own schema. */
export const exampleSessionId = '7d0f2c9e-3b7a-4f8e-9c51-2a6d4e8b1f03';

const text = `CONTRATO DE CRÉDITO

O credor empresta ao cliente R$ 4.800,00, a pagar em 12 parcelas de R$ 470,53.
`;

export const exampleCreateBody = {
  orderId: 'pedido-1001',
  debtKey: 'divida-1001',
  contract: { title: 'Contrato de crédito', text, version: '2026-11', language: 'pt-BR' },
  summary: [
    { label: 'Valor do crédito', value: 'R$ 4.800,00' },
    { label: 'Você vai pagar', value: '12 parcelas de R$ 470,53' },
  ],
  signerDetails: { name: 'Maria Souza', identity: '11144477735', email: 'maria@example.com', phone: '+5511912345678' },
  returnUrl: 'https://loja.example/pedidos/1001',
  metadata: { cart: 'c-2231' },
} as const satisfies z.input<typeof createSessionBody>;

const always = {
  signingSessionId: exampleSessionId,
  orderId: exampleCreateBody.orderId,
  debtKey: exampleCreateBody.debtKey,
  provider: 'opt-in',
  language: 'pt-BR',
  signerDetails: exampleCreateBody.signerDetails,
  contract: {
    title: exampleCreateBody.contract.title,
    version: exampleCreateBody.contract.version,
    language: exampleCreateBody.contract.language,
    sha256: '33357acdfdffb3201c435f55425b1e593dded125a6868185efb8618aa37d9a93',
    byteLength: 101,
  },
  createdAt: '2026-11-20T14:00:11.205Z',
  expiresAt: '2026-11-27T14:00:11.205Z',
  returnUrl: exampleCreateBody.returnUrl,
  metadata: exampleCreateBody.metadata,
} as const;

export const examplePendingSession = (portalUrl: string): SessionView => ({
  ...always,
  status: 'PENDING',
  redirectUrl: `${portalUrl}/s/qk3v0nVb1TgH4m8yQeXr2LwUz7cJdA5sKfPi9oBtN6E`,
});

export const exampleCompletedSession = (portalUrl: string): SessionView => ({
  ...always,
  status: 'COMPLETED',
  completedAt: '2026-11-20T14:03:22.481Z',
  receiptCode: '7K3F-9QTM-XB2E',
  documentUrl: `${portalUrl}/api/v1/signing/${exampleSessionId}/document?signature=eyJleHAiOjE3OTUxODM0MDJ9.c2lnbmF0dXJl`,
  delivery: {
    status: 'DELIVERED',
    attempts: 1,
    lastAttemptAt: '2026-11-20T14:03:23.020Z',
    deliveredAt: '2026-11-20T14:03:23.377Z',
    lenderCode: null,
    lenderMessage: null,
  },
});

export const exampleCancelledSession = (): SessionView => ({
  ...always,
  status: 'CANCELLED',
  cancelledAt: '2026-11-20T15:10:40.118Z',
  cancelReason: 'Pedido refeito',
});

export const exampleSessionList = (portalUrl: string): SessionListView => ({
  items: [exampleCompletedSession(portalUrl)],
  nextCursor: null,
});
