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
    },
  }),
  signature: 'v1,GBc1/NRY5ObM9IuZCPWvIAXhUYuoILzf8kM/dCKrpBM=',
} as const;
