import type { z } from 'zod';
import type { webhookSession } from '../../webhook-message.ts';
import { exampleSessionId } from '../example-session.ts';

/** One message down to its bytes, with which anybody can try their own code. The secret opens nothing; a test makes the signatures anew. */
export const exampleWebhook = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: '01939f5c-6d1e-7c44-9f0a-5b8e2d7c1a90',
  timestamp: '1795183402',
  body: JSON.stringify({
    eventId: '01939f5c-6d1e-7c44-9f0a-5b8e2d7c1a90',
    type: 'signing_session.completed',
    occurredAt: '2026-11-20T14:03:22.481Z',
    data: {
      signingSessionId: exampleSessionId,
      sequence: 8,
      orderId: 'pedido-1001',
      debtKey: 'divida-1001',
      status: 'COMPLETED',
      provider: 'opt-in',
      language: 'pt-BR',
      createdAt: '2026-11-20T14:00:11.205Z',
      expiresAt: '2026-11-27T14:00:11.205Z',
      contract: {
        language: 'pt-BR',
        sha256: '33357acdfdffb3201c435f55425b1e593dded125a6868185efb8618aa37d9a93',
        byteLength: 101,
      },
      completedAt: '2026-11-20T14:03:22.481Z',
      receiptCode: '7K3F-9QTM-XB2E',
      delivery: { status: 'QUEUED', attempts: 0 },
    } satisfies z.output<typeof webhookSession>,
  }),
  signature: 'v1,njuRT0POWy99mRuSTOXhGLfUsTeYx56jjaHyXHoMgzU=',
} as const;
