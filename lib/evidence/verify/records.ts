import { dossierFormat } from '#lib/evidence/dossier/manifest.ts';
import {
  anything,
  boolean,
  count,
  exactly,
  hash,
  instant,
  listOf,
  matching,
  members,
  oneOf,
  record,
  recordOf,
  type Shape,
  string,
} from './shape.ts';

/**
 * The shapes of the records in a dossier. What the verifier itself defines is exact; what the portal records may grow, so those shapes
 * ask for the members that are compared and let others be.
 */
export type RecordOf<S> = S extends Shape<infer T> ? T : never;

const uuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

export const manifest = exactly({
  files: listOf(exactly({ length: count, name: string, sha256: hash })),
  format: oneOf(dossierFormat),
  signingSessionId: uuid,
  state: oneOf('final', 'interim'),
});

export const session = members(
  {
    signingSessionId: string,
    workspaceId: string,
    orderId: string,
    debtKey: string,
    provider: string,
    language: string,
    merchantLegalName: string,
    lenderLegalName: string,
    createdAt: string,
    expiresAt: string,
  },
  {
    apiKeyId: string,
    returnUrl: string,
    signingDeadline: string,
    finalDueDate: string,
    metadata: recordOf(string),
  },
);
export type SessionRecord = RecordOf<typeof session>;

const summary = listOf(members({ label: string, value: string }));

export const contractFacts = members({ title: string, summary }, { version: string, language: string });
export type ContractFactsRecord = RecordOf<typeof contractFacts>;

const detail = members({ value: string, source: oneOf('merchant', 'signer') }, { typed: string, replaces: string });
const keptDetails = members({}, { name: detail, email: detail, identity: detail, phone: detail });

export const details = members({ version: count, setBy: oneOf('merchant', 'signer'), details: keptDetails });
export type DetailsRecord = RecordOf<typeof details>;

export const attempt = members(
  { id: string, kind: string, startedAt: instant, endedAt: instant, outcome: string, reason: string, counted: boolean },
  { bodySha256: hash, httpStatus: count, reply: members({ headers: recordOf(string), bodyBase64: string }) },
);
export type AttemptRecord = RecordOf<typeof attempt>;

const words = { id: string, version: string, language: string, text: string, sha256: string };

const softwareFacts = {
  missing: string,
  version: string,
  commit: string,
  commitMissing: string,
  lockSha256: hash,
  sourcesSha256: hash,
  cssSha256: hash,
  templateSha256: hash,
  scriptSha256: hash,
};

export const acceptance = members({
  acceptedAt: instant,
  receiptCode: string,
  contractSha256: string,
  summary,
  summarySha256: string,
  buttonLabel: string,
  boxesAtStart: string,
  consents: listOf(members({ ...words, box: string })),
  notice: members(words),
  boxesTicked: listOf(string),
  offer: members({ id: string, issuedAt: string, build: string }),
  browserReport: recordOf(string),
  request: members(
    { requestId: string, ipTrust: string, socketPeer: string, isPublicAddress: boolean },
    {
      ip: string,
      rawForwarded: string,
      userAgent: string,
      acceptLanguage: string,
      sourcePort: count,
      socketPort: count,
      clientHints: recordOf(string),
    },
  ),
  details: keptDetails,
  detailsVersion: count,
  software: members({ build: string }, softwareFacts),
});
export type AcceptanceRecord = RecordOf<typeof acceptance>;

const eventWord: Shape<string | number | boolean> = (value): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

export const event = exactly(
  {
    actor: string,
    data: recordOf(eventWord),
    hash,
    occurredAt: instant,
    prevHash: hash,
    salt: hash,
    sequence: count,
    type: string,
  },
  { actorId: string, requestId: string, private: withCommits },
);
export type EventRecord = RecordOf<typeof event>;

/** What is sealed in the database, with the commitments to parts. */
type PrivateRecord = Record<string, unknown> & { commits?: Record<string, string> };

function withCommits(value: unknown): value is PrivateRecord {
  return record(value) && (!Object.hasOwn(value, 'commits') || recordOf(hash)(value.commits));
}

export const evidence = exactly({
  signingSessionId: string,
  final: boolean,
  transaction: record,
  document: record,
  presentation: members({ consents: listOf(exactly({ ...words, source: string })) }),
  signer: record,
  act: record,
  network: record,
  authentication: record,
  delivery: record,
  integrity: record,
  keeping: record,
  events: listOf(
    exactly({ type: string, actor: string, occurredAt: string, source: string, data: record }, { requestId: string }),
  ),
});
export type EvidenceRecord = RecordOf<typeof evidence>;

/** One field of the evidence: known from somebody, or not known for a reason. */
export const capturedField = exactly({ value: anything, source: string });
export const notCapturedField = exactly({ status: oneOf('not_captured'), reason: string });

export const receipt = exactly({
  acceptedAt: instant,
  contractSha256: string,
  eventHash: string,
  format: oneOf('aceite-receipt-1'),
  promisedBy: instant,
  receiptCode: string,
  signingSessionId: string,
});
export type ReceiptRecord = RecordOf<typeof receipt>;

export const statement = exactly({ content: string, hash, kind: string });
export type StatementRecord = RecordOf<typeof statement>;
