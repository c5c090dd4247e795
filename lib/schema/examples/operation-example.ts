import { providerList } from '../provider.ts';
import { exampleEvidence } from './example-evidence.ts';
import {
  exampleCancelledSession,
  exampleCompletedSession,
  exampleCreateBody,
  examplePendingSession,
  exampleSessionId,
  exampleSessionList,
} from './example-session.ts';

/** Of a key pair that RFC 8032 publishes (section 7.1, test 1); nobody's messages are signed by it. */
const exampleWebhookPublicKey = 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';

/**
 * One call of an operation and its answer. `answer` is made from the portal's public address, without a slash at its end; an operation
 * that answers a file names it instead.
 */
export type OperationExample = {
  id?: string;
  query?: Record<string, string>;
  idempotencyKey?: string;
  body?: Record<string, unknown>;
  answer?: (portalUrl: string) => unknown;
  savedAs?: string;
};

/** By operationId: what the served description, the reference page and its programs show. A test demands one of each operation. */
const operationExamples: Record<string, OperationExample> = {
  createSigningSession: {
    idempotencyKey: 'create-pedido-1001',
    body: exampleCreateBody,
    answer: examplePendingSession,
  },
  listSigningSessions: { query: { orderId: exampleCreateBody.orderId, limit: '20' }, answer: exampleSessionList },
  listProviders: { answer: () => providerList },
  readSigningSession: { id: exampleSessionId, answer: exampleCompletedSession },
  cancelSigningSession: {
    id: exampleSessionId,
    idempotencyKey: 'cancel-pedido-1001',
    body: { reason: 'Pedido refeito' },
    answer: exampleCancelledSession,
  },
  readEvidence: { id: exampleSessionId, answer: () => exampleEvidence },
  readDossier: { id: exampleSessionId, savedAs: 'dossier.zip' },
  readCertificate: { id: exampleSessionId, query: { version: 'shared' }, savedAs: 'certificate.pdf' },
  readDocument: { id: exampleSessionId, savedAs: 'contract.pdf' },
  listWebhookKeys: {
    answer: () => ({ items: [{ publicKey: exampleWebhookPublicKey, createdAt: '2026-11-20T12:00:00.000Z' }] }),
  },
  readDescription: { answer: () => ({ openapi: '3.1.0', info: { title: 'Aceite signing sessions' }, paths: {} }) },
};

/** The example of an operation of ours. */
export function operationExample(operationId: string): OperationExample {
  const example = operationExamples[operationId];
  if (!example) throw new Error(`the operation ${operationId} has no example`);
  return example;
}
