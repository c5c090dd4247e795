import type { z } from 'zod';
import type { ErrorCode } from '#lib/domain/error-catalogue.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import { cancelSessionBody } from './cancel-session.ts';
import { certificateQuery } from './certificate-query.ts';
import { createSessionBody } from './create-session.ts';
import { documentQuery } from './document-query.ts';
import { evidenceView } from './evidence.ts';
import { listQuery } from './list-query.ts';
import { providerListView } from './provider.ts';
import { sessionListView, sessionView } from './session.ts';
import { webhookKeyListView } from './webhook-key.ts';

export type Operation = {
  id: string;
  method: 'get' | 'post' | 'delete';
  /** Below `/api/v1`; `{id}` is a signingSessionId. */
  path: string;
  summary: string;
  description: string;
  scope?: ApiScope;
  /** An address with a signature works without a key. */
  takesSignature?: true;
  query?: z.ZodObject;
  body?: { schema: z.ZodType; isOptional: boolean };
  success: {
    status: 200 | 201;
    description: string;
    schema?: z.ZodType;
    /** Without it the answer is JSON. */
    mediaType?: 'application/zip' | 'application/pdf';
    headers?: readonly ResponseHeader[];
  };
  errors: readonly ErrorCode[];
};

export type ResponseHeader =
  | 'Location'
  | 'Content-Digest'
  | 'Content-Disposition'
  | 'Idempotency-Replayed'
  | 'RateLimit-Policy'
  | 'RateLimit';

const reading = [
  'unauthorized',
  'forbidden',
  'validation_failed',
  'rate_limited',
  'temporarily_unavailable',
] as const satisfies ErrorCode[];
const writing = [
  ...reading,
  'malformed_json',
  'idempotency_key_invalid',
  'idempotency_key_reused',
  'idempotency_in_progress',
  'payload_too_large',
  'unsupported_media_type',
] as const satisfies ErrorCode[];

/** Every call of the API, once: the served description, the reference page and the tests are made from this list. */
export const operations: readonly Operation[] = [
  {
    id: 'createSigningSession',
    method: 'post',
    path: '/signing',
    summary: 'Create a signing session',
    description:
      'Takes the exact contract text and what is known of the signer; answers the link (redirectUrl) to which you send the customer. At most one open session per debt.',
    scope: 'sessions:write',
    body: { schema: createSessionBody, isOptional: false },
    success: {
      status: 201,
      description: 'The new session, PENDING.',
      schema: sessionView,
      headers: ['Location', 'Idempotency-Replayed'],
    },
    errors: [
      ...writing,
      'contract_text_invalid',
      'contract_hash_mismatch',
      'return_url_not_allowed',
      'session_already_open',
      'debt_already_signed',
    ],
  },
  {
    id: 'listSigningSessions',
    method: 'get',
    path: '/signing',
    summary: 'List signing sessions',
    description: 'Newest first. Follow nextCursor until it is null; new sessions shift nothing.',
    scope: 'sessions:read',
    query: listQuery,
    success: { status: 200, description: 'One page of sessions.', schema: sessionListView },
    errors: reading,
  },
  {
    id: 'listProviders',
    method: 'get',
    path: '/signing/providers',
    summary: 'List providers',
    description: 'Which ways of signing exist and which details of the signer each needs.',
    scope: 'sessions:read',
    success: { status: 200, description: 'All providers.', schema: providerListView },
    errors: reading,
  },
  {
    id: 'readSigningSession',
    method: 'get',
    path: '/signing/{id}',
    summary: 'Read a signing session',
    description:
      'COMPLETED means that the acceptance is durable here; delivery.status DELIVERED means that the lender has it.',
    scope: 'sessions:read',
    success: { status: 200, description: 'The session as it is at this moment.', schema: sessionView },
    errors: [...reading, 'signing_session_not_found'],
  },
  {
    id: 'cancelSigningSession',
    method: 'delete',
    path: '/signing/{id}',
    summary: 'Cancel a signing session',
    description:
      'Ends a session that nobody has signed; its link dies. Cancelling again answers 200 with the same session.',
    scope: 'sessions:write',
    body: { schema: cancelSessionBody, isOptional: true },
    success: {
      status: 200,
      description: 'The session, CANCELLED.',
      schema: sessionView,
      headers: ['Idempotency-Replayed'],
    },
    errors: [...writing, 'signing_session_not_found', 'session_completed', 'session_not_cancellable'],
  },
  {
    id: 'readEvidence',
    method: 'get',
    path: '/signing/{id}/evidence',
    summary: 'Read the evidence',
    description:
      'Everything that the server captured, each piece with its source or the reason why it is missing. At any time; final says whether more can come.',
    scope: 'evidence:read',
    success: { status: 200, description: 'The evidence.', schema: evidenceView },
    errors: [...reading, 'signing_session_not_found'],
  },
  {
    id: 'readDossier',
    method: 'get',
    path: '/signing/{id}/dossier',
    summary: 'Download the dossier',
    description:
      'Everything that is needed to check the evidence without us, as one ZIP: the exact text, the record, the chain of events, their proof in the public log, time stamps, the lender’s request and answer. At any time; its name says interim until the proof is whole. The same state always gives the same bytes.',
    scope: 'evidence:read',
    success: {
      status: 200,
      description: 'The dossier.',
      mediaType: 'application/zip',
      headers: ['Content-Digest', 'Content-Disposition'],
    },
    errors: [...reading, 'signing_session_not_found'],
  },
  {
    id: 'readCertificate',
    method: 'get',
    path: '/signing/{id}/certificate',
    summary: 'Download the certificate',
    description:
      'The evidence as people read it, in the language of the session (PDF/A, tagged). At any time; its name says interim until the proof is whole, and from then on it is the same file.',
    scope: 'evidence:read',
    query: certificateQuery,
    success: {
      status: 200,
      description: 'The certificate.',
      mediaType: 'application/pdf',
      headers: ['Content-Digest', 'Content-Disposition'],
    },
    errors: [...reading, 'signing_session_not_found'],
  },
  {
    id: 'readDocument',
    method: 'get',
    path: '/signing/{id}/document',
    summary: 'Download the signed contract',
    description:
      'One PDF: the contract text, then the certificate with personal data masked; the exact bytes that were signed are attached to it as contract.txt. With a key, or with the signature in documentUrl.',
    scope: 'sessions:read',
    takesSignature: true,
    query: documentQuery,
    success: {
      status: 200,
      description: 'The PDF; its name says interim until the proof is whole.',
      mediaType: 'application/pdf',
      headers: ['Content-Digest', 'Content-Disposition'],
    },
    errors: [...reading, 'signing_session_not_found', 'document_not_available'],
  },
  {
    id: 'listWebhookKeys',
    method: 'get',
    path: '/webhook-keys',
    summary: 'List the public keys of webhooks',
    description:
      'The Ed25519 keys of your workspace by which a receiver checks the v1a signature of a webhook. Empty before the first endpoint was made.',
    scope: 'sessions:read',
    success: { status: 200, description: 'All keys, newest first.', schema: webhookKeyListView },
    errors: reading,
  },
  {
    id: 'readDescription',
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    description: 'OpenAPI 3.1. Needs no key.',
    success: { status: 200, description: 'OpenAPI 3.1.' },
    errors: [],
  },
];
