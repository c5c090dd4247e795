import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { detailCheck } from '#lib/domain/detail-check.ts';
import { closingStatus, isClosing } from '#lib/domain/event-type.ts';
import { detailFields } from '#lib/domain/signer-detail.ts';
import { agree, fieldOf, fieldsAgree, sha256Hex } from './compare.ts';
import { closingEvent, type Dossier } from './dossier.ts';
import { capturedField, type DetailsRecord, type EventRecord, type EvidenceRecord } from './records.ts';
import { record } from './shape.ts';
import { decodeUtf8 } from './strict-json.ts';
import { type Finding, inputError, tampered } from './verdict.ts';

/** Whether evidence.json says what the parts and the events say, as far as it does not speak of the acceptance. */
export function crossEvidence(dossier: Dossier, details: DetailsRecord | undefined): Finding[] {
  const { evidence, events } = dossier;
  if (!evidence) return [];
  return [
    ...crossTransaction(dossier, evidence),
    ...crossDocument(dossier, evidence),
    ...(details ? crossDetails(dossier, evidence, details) : []),
    ...(dossier.files.has('events.jsonl') ? crossEvents(evidence, events) : []),
  ];
}

const sessionFields = [
  'workspaceId',
  'orderId',
  'debtKey',
  'provider',
  'merchantLegalName',
  'lenderLegalName',
  'language',
  'createdAt',
  'expiresAt',
  'signingDeadline',
  'finalDueDate',
] as const;

function crossTransaction(dossier: Dossier, evidence: EvidenceRecord): Finding[] {
  const { session, manifest } = dossier;
  const { transaction } = evidence;
  const expected = session ? Object.fromEntries(sessionFields.map((name) => [name, session[name]])) : {};
  const { signingSessionId } = manifest;
  return [
    ...agree('signingSessionId of evidence.json', evidence.signingSessionId, signingSessionId),
    ...fieldsAgree('transaction', transaction, { signingSessionId, ...expected }),
    ...(dossier.files.has('events.jsonl') ? crossStatus(dossier, evidence) : []),
  ];
}

function crossStatus(dossier: Dossier, { transaction, final }: EvidenceRecord): Finding[] {
  const status = fieldOf(transaction, 'status');
  if (!status.ok) return [inputError('transaction.status of evidence.json is neither captured nor said to be missing')];
  const closing = closingEvent(dossier);
  const isStarted = dossier.events.some(({ type }) => type === 'started');
  // A session whose time has run out is shown as expired before that is written down.
  const allowed =
    closing && isClosing(closing.type)
      ? [closingStatus[closing.type]]
      : [isStarted ? 'IN_PROGRESS' : 'PENDING', 'EXPIRED'];
  const isFinal = Object.values(closingStatus).some((known) => known === status.value);
  return [
    ...(allowed.some((known) => known === status.value)
      ? []
      : [tampered('the status in evidence.json is not that of the events')]),
    ...(final === isFinal ? [] : [tampered('evidence.json says "final" of a status that is not, or the reverse')]),
  ];
}

function crossDocument({ files, contractFacts: facts }: Dossier, { document }: EvidenceRecord): Finding[] {
  const contract = files.get('contract.txt');
  const summary = facts && facts.summary.length > 0 ? facts.summary : undefined;
  const stated = facts && { title: facts.title, version: facts.version, language: facts.language, summary };
  return [
    ...(contract ? crossContract(contract, document) : []),
    ...(stated ? fieldsAgree('document', document, stated) : []),
  ];
}

function crossContract(bytes: Uint8Array, document: Record<string, unknown>): Finding[] {
  const text = decodeUtf8(bytes);
  if (text === undefined) return [tampered('contract.txt is not UTF-8')];
  return fieldsAgree('document', document, {
    sha256: sha256Hex(bytes),
    sha3_256: bytesToHex(sha3_256(bytes)),
    displaySha256: sha256Hex(text.replaceAll('\r\n', '\n')),
    byteLength: bytes.length,
    characterCount: [...text].length,
  });
}

/** Without session.json, which tells when the merchant's were checked, the values alone are compared. */
function crossDetails({ session, events }: Dossier, { signer }: EvidenceRecord, { details }: DetailsRecord): Finding[] {
  return detailFields.flatMap((name) => {
    const kept = details[name];
    const found = signer[name];
    if (!session) return kept ? crossValue(signer, name, kept.value) : fieldsAgree('signer', signer, { [name]: kept });
    const known = kept && { ...factsOf(kept), ...detailCheck(name, kept, { createdAt: session.createdAt, events }) };
    return [
      ...fieldsAgree('signer', signer, { [name]: known }),
      ...(kept && capturedField(found)
        ? agree(`who says signer.${name} of evidence.json`, found.source, kept.source)
        : []),
    ];
  });
}

function crossValue(signer: Record<string, unknown>, name: string, value: string): Finding[] {
  const told = fieldOf(signer, name);
  return agree(`signer.${name} of evidence.json`, told.ok && record(told.value) ? told.value.value : undefined, value);
}

function factsOf({ value, source, typed, replaces }: NonNullable<DetailsRecord['details']['name']>) {
  return {
    value,
    prefilledByMerchant: source === 'merchant' || replaces !== undefined,
    editedBySigner: source === 'signer',
    typed,
    replaces,
  };
}

function crossEvents(evidence: EvidenceRecord, events: readonly EventRecord[]): Finding[] {
  if (evidence.events.length !== events.length)
    return [tampered(`evidence.json tells ${evidence.events.length} events of ${events.length}`)];
  return evidence.events.flatMap(({ type, actor, occurredAt, requestId, data }, index) => {
    const event = events[index];
    if (!event) return [];
    const { commits, ...hidden } = event.private ?? {};
    // What an event commits to may be left out; a word of its own that is called so may not.
    const isLeftOut = commits === undefined || !Object.hasOwn(data, 'commits');
    const expected = { ...event.data, ...hidden, ...(isLeftOut ? {} : { commits }) };
    return agree(
      `event ${index + 1} in evidence.json`,
      { type, actor, occurredAt, requestId, data },
      {
        type: event.type,
        actor: event.actor,
        occurredAt: event.occurredAt,
        requestId: event.requestId,
        data: expected,
      },
    );
  });
}
