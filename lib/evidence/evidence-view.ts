import { detailCheck } from '#lib/domain/detail-check.ts';
import type { Actor, SessionStatus } from '#lib/domain/session-state.ts';
import { type DetailField, detailFields, type KeptDetails } from '#lib/domain/signer-detail.ts';
import type { EvidenceEvent, EvidenceGroup, EvidenceSource, EvidenceView } from '#lib/schema/evidence.ts';
import type { AcceptanceRecord } from './acceptance-record.ts';
import { actGroup, networkGroup, presentationGroup } from './act-groups.ts';
import { type DeliveryEvidence, deliveryGroup } from './delivery-group.ts';
import { field, notCaptured } from './field.ts';
import { type KeepingEvidence, keepingGroup } from './keeping-group.ts';
import { ruleFields } from './rule-fields.ts';
import { softwareFields } from './software-fields.ts';

/** All that is kept of one session, opened; the view only arranges it and names its sources. */
export type EvidenceInput = {
  session: {
    id: string;
    workspaceId: string;
    status: SessionStatus;
    orderId: string;
    debtKey: string;
    provider: string;
    language: string;
    merchantLegalName: string;
    lenderLegalName: string;
    createdAt: Date;
    expiresAt: Date;
    startedAt?: Date | undefined;
    closedAt?: Date | undefined;
    signingDeadline?: Date | undefined;
    finalDueDate?: string | undefined;
    closingWords?: string | undefined;
  };
  contract: {
    title: string;
    version?: string | undefined;
    language?: string | undefined;
    sha256: string;
    sha3: string;
    displaySha256: string;
    byteLength: number;
    characterCount: number;
    summary: readonly { label: string; value: string }[];
  };
  details: KeptDetails;
  record?: AcceptanceRecord;
  recordSha256?: string;
  events: readonly {
    type: string;
    actor: Actor;
    occurredAt: Date;
    requestId?: string;
    data: Record<string, string | number | boolean>;
    private?: Record<string, unknown>;
  }[];
  delivery?: DeliveryEvidence;
  /** The session's chain: how many events, and the hash of the last, in hexadecimal. */
  chain: { events: number; lastHash: string };
  /** Absent until the log has taken the events in and was signed. */
  proof?: ProofEvidence;
  keeping: KeepingEvidence;
};

/** Where the last event stands in the log, and who else has seen it. Instants are RFC 3339. */
export type ProofEvidence = {
  logOrigin: string;
  leafIndex: number;
  treeSize: number;
  rootHex: string;
  checkpointAt: string;
  timeStamps: readonly { authority: string; at: string }[];
  /** The authorities whose stamps are awaited; none once enough have stamped. */
  timeStampsPending: readonly string[];
  witnesses: readonly { name: string; at: string }[];
};

const finalStatuses: readonly SessionStatus[] = ['COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED'];

/** The evidence of a session as JSON: the groups of `evidence-and-law` section 3, each value with its source or the reason why it is missing. */
export function evidenceView(input: EvidenceInput): EvidenceView {
  return {
    signingSessionId: input.session.id,
    final: finalStatuses.includes(input.session.status),
    transaction: transactionGroup(input),
    document: documentGroup(input),
    presentation: presentationGroup(input.record, { language: input.session.language, events: input.events }),
    signer: signerGroup(input),
    act: actGroup(input.record),
    network: networkGroup(input.record),
    authentication: authenticationGroup(input),
    events: input.events.map(eventEntry),
    delivery: deliveryGroup(input.delivery),
    integrity: {
      acceptanceRecordSha256: field('server', input.recordSha256, 'not_accepted'),
      ...softwareFields(input.record),
      ...integrityOf(input),
    },
    keeping: keepingGroup(input.keeping),
  };
}

function transactionGroup({ session, events }: EvidenceInput): EvidenceGroup {
  return {
    signingSessionId: field('server', session.id),
    workspaceId: field('server', session.workspaceId),
    orderId: field('merchant', session.orderId),
    debtKey: field('merchant', session.debtKey),
    provider: field('merchant', session.provider),
    merchantLegalName: field('merchant', session.merchantLegalName),
    lenderLegalName: field('merchant', session.lenderLegalName),
    language: field('server', session.language),
    status: field('server', session.status),
    createdAt: field('server', session.createdAt.toISOString()),
    startedAt: field('server', session.startedAt?.toISOString(), 'not_started'),
    expiresAt: field('server', session.expiresAt.toISOString()),
    closedAt: field('server', session.closedAt?.toISOString(), 'still_open'),
    signingDeadline: field('merchant', session.signingDeadline?.toISOString()),
    finalDueDate: field('merchant', session.finalDueDate),
    closingWords: field(session.status === 'FAILED' ? 'signer' : 'merchant', session.closingWords),
    // What was really done, not what could be claimed: a tick and a press are a simple electronic signature (Lei 14.063/2020, art. 4).
    assuranceLevel: field('server', 'simple'),
    ...ruleFields(events),
  };
}

function documentGroup({ contract }: EvidenceInput) {
  return {
    title: field('merchant', contract.title),
    version: field('merchant', contract.version),
    language: field('merchant', contract.language),
    sha256: field('server', contract.sha256),
    sha3_256: field('server', contract.sha3),
    displaySha256: field('server', contract.displaySha256),
    byteLength: field('server', contract.byteLength),
    characterCount: field('server', contract.characterCount),
    summary: field('merchant', contract.summary.length > 0 ? contract.summary.map((row) => ({ ...row })) : undefined),
  };
}

function signerGroup(input: EvidenceInput): EvidenceGroup {
  return Object.fromEntries(detailFields.map((name) => [name, detailField(input, name)]));
}

/** What is known of one detail. Check digits prove typing, not existence: `format_checked` claims no more. */
function detailField({ details, session, events }: EvidenceInput, name: DetailField) {
  const detail = details[name];
  if (!detail) return notCaptured('not_given');
  const { value, source, typed, replaces } = detail;
  const facts = {
    value,
    ...detailCheck(name, detail, {
      createdAt: session.createdAt.toISOString(),
      events: events.map((event) => ({ ...event, occurredAt: event.occurredAt.toISOString() })),
    }),
    prefilledByMerchant: source === 'merchant' || replaces !== undefined,
    editedBySigner: source === 'signer',
    ...(typed !== undefined && { typed }),
    ...(replaces !== undefined && { replaces }),
  };
  return field(source, facts);
}

function authenticationGroup({ session, events }: EvidenceInput): EvidenceGroup {
  const opened = events.find((event) => event.type === 'link_opened');
  return {
    type: field('server', 'opt-in'),
    linkDelivery: field('server', 'merchant'),
    // Whoever holds the link is the signer for us; it is made with the session.
    tokenIssuedAt: field('server', session.createdAt.toISOString()),
    linkFirstOpenedAt: field('server', opened?.occurredAt.toISOString(), 'not_opened'),
    oneTimeCode: notCaptured('not_asked'),
    merchantAuthentication: notCaptured('not_given'),
  };
}

/** Group J: what the evidence is fastened to. */
function integrityOf({ chain, proof }: EvidenceInput): EvidenceGroup {
  // The tokens hold their chains; whether one of these certificates was taken back is for whoever checks to ask.
  const timeStampRevocation = notCaptured('not_fetched');
  // Strangers' stamps tell how far off the clock can have been; nothing here compares it with another.
  const clockOffset = notCaptured('not_measured');
  const always = { eventChain: field('server', chain), timeStampRevocation, clockOffset };
  if (!proof) {
    const waiting = notCaptured('waiting_for_log');
    return { ...always, log: waiting, timeStamps: waiting, timeStampsPending: waiting, witnesses: waiting };
  }
  const { timeStamps, timeStampsPending, witnesses, ...log } = proof;
  return {
    ...always,
    log: field('server', log),
    timeStamps: field('tsa', timeStamps.length > 0 ? timeStamps : undefined, 'none_yet'),
    timeStampsPending: field('server', timeStampsPending.length > 0 ? timeStampsPending : undefined, 'none_pending'),
    witnesses: field('server', witnesses.length > 0 ? witnesses : undefined, 'none_yet'),
  };
}

/** Who stands behind an event's entry; the words of people are theirs, everything else the server saw. */
const eventSource: Record<Actor, EvidenceSource> = {
  signer: 'server',
  merchant: 'server',
  staff: 'server',
  system: 'server',
  lender: 'lender',
};

function eventEntry({
  type,
  actor,
  occurredAt,
  requestId,
  data,
  private: hidden,
}: EvidenceInput['events'][number]): EvidenceEvent {
  return {
    type,
    actor,
    occurredAt: occurredAt.toISOString(),
    ...(requestId !== undefined && { requestId }),
    data: { ...data, ...(hidden && (JSON.parse(JSON.stringify(hidden)) as EvidenceEvent['data'])) },
    source: eventSource[actor],
  };
}
