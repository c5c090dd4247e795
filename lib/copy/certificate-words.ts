import type { CustodyAct, CustodyRole } from '#lib/domain/custody.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { EventType } from '#lib/domain/event-type.ts';
import type { Actor, SessionStatus } from '#lib/domain/session-state.ts';

/** What a row of the certificate is called. */
export type CertificateLabel =
  | 'sessionId'
  | 'status'
  | 'receiptCode'
  | 'verifyAddress'
  | 'merchant'
  | 'lender'
  | 'signer'
  | 'identity'
  | 'orderId'
  | 'debtKey'
  | 'documentTitle'
  | 'documentVersion'
  | 'size'
  | 'sha256'
  | 'displaySha256'
  | 'acceptedAt'
  | 'consentContract'
  | 'consentMethod'
  | 'consentHash'
  | 'notice'
  | 'buttonLabel'
  | 'boxesAtStart'
  | 'boxesTicked'
  | 'displayCheck'
  | 'displayedSha256'
  | 'pageShownAt'
  | 'uiBuild'
  | 'closingWords'
  | 'name'
  | 'email'
  | 'phone'
  | 'authentication'
  | 'linkDelivery'
  | 'linkFirstOpenedAt'
  | 'oneTimeCode'
  | 'ip'
  | 'sourcePort'
  | 'ipTrust'
  | 'socketPeer'
  | 'rawForwarded'
  | 'userAgent'
  | 'viewport'
  | 'timeZone'
  | 'geolocation'
  | 'tlsVersion'
  | 'deliveryStatus'
  | 'bodySha256'
  | 'attempt'
  | 'deliveredAt'
  | 'deliveredBy'
  | 'lenderWords'
  | 'recordSha256'
  | 'lastEventHash'
  | 'logOrigin'
  | 'leafIndex'
  | 'root'
  | 'checkpointAt'
  | 'timeStamp'
  | 'witness'
  | 'proof'
  | 'retainUntil'
  | 'legalHold'
  | 'dataRequests'
  | 'softwareVersion';

/** The twelve parts, in the order in which `evidence-and-law` section 7 lists them. */
export const certificateParts = [
  'identification',
  'parties',
  'document',
  'act',
  'identity',
  'network',
  'timeline',
  'lender',
  'integrity',
  'custody',
  'method',
  'keeping',
] as const;
export type CertificatePart = (typeof certificateParts)[number];

/** Values of the evidence that are codes, in words. A code that is not here is printed as it is. */
type CodeWords = Readonly<Record<string, string>>;

/** Every sentence of the certificate in one language. `{name}` marks what is filled in. */
export type CertificateWords = {
  title: string;
  /** The large word, and what it means. */
  states: { interim: string; final: string };
  stateNotes: {
    final: string;
    sessionOpen: string;
    proofPending: string;
    stampPending: string;
    lenderPending: string;
    documentPending: string;
  };
  audiences: { shared: string; court: string };
  legend: string;
  summaries: { accepted: string; notAccepted: string };
  parts: Record<CertificatePart, string>;
  labels: Record<CertificateLabel, string>;
  statuses: Record<SessionStatus, string>;
  sources: CodeWords;
  verifications: CodeWords;
  notCaptured: string;
  reasons: CodeWords;
  codes: CodeWords;
  deliveryStatuses: Record<DeliveryStatus, string>;
  outcomes: CodeWords;
  attemptKinds: CodeWords;
  events: Record<EventType, string>;
  repeated: string;
  actors: Record<Actor, string>;
  size: string;
  fullText: string;
  changedFrom: string;
  asTyped: string;
  withheld: string;
  timelineNote: string;
  earlierAttempts: string;
  attemptFacts: string;
  noAttempts: string;
  noTimeStamps: string;
  timeStampPending: string;
  noWitnesses: string;
  proofPending: string;
  integrityNote: string;
  verifyNote: string;
  /** Both say until when was counted, and whose accesses. */
  custodyNone: string;
  custodyNote: string;
  custodyUnknown: string;
  roles: Record<CustodyRole, string>;
  accesses: Record<CustodyAct, string>;
  method: readonly string[];
  notProvedTitle: string;
  notProved: readonly string[];
  dataRequests: string;
  sealReason: string;
  qrAlt: string;
  page: string;
  contractHeading: string;
  contractNote: string;
  contractAttached: string;
  /** In place of note and text. */
  contractNotPrinted: string;
  missingCharacters: string;
};
