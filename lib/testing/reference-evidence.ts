import { createHash } from 'node:crypto';
import { displayForm } from '#lib/domain/contract-text.ts';
import type { Actor } from '#lib/domain/session-state.ts';
import type { AcceptanceRecord } from '#lib/evidence/acceptance-record.ts';
import { type EvidenceInput, evidenceView } from '#lib/evidence/evidence-view.ts';
import type { AttemptPart } from '#lib/evidence/parts.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { type Files, stampedAt } from './reference-log.ts';
import { acceptedAt, type EventLine, isUnsigned, type Stage, type Story } from './reference-story.ts';

/** The evidence of the reference session, by the function that arranges it for everybody. */
export function referenceEvidence(
  stage: Stage,
  { session, details, parts }: Story,
  { events, files }: { events: readonly EventLine[]; files: Files },
): EvidenceView {
  const contract = Buffer.from(parts.get('contract.txt') ?? []);
  const facts = JSON.parse(textOf(parts, 'contract-facts.json'));
  const record = parts.get('acceptance.json');
  return evidenceView({
    session: {
      ...session,
      id: session.signingSessionId,
      status: statusOf(stage),
      createdAt: new Date(session.createdAt),
      expiresAt: new Date(session.expiresAt),
      signingDeadline: undefined,
      ...endsOf(session, events),
    },
    contract: {
      ...facts,
      sha256: sha256(contract).toString('hex'),
      sha3: createHash('sha3-256').update(contract).digest('hex'),
      displaySha256: sha256(displayForm(contract.toString())).toString('hex'),
      byteLength: contract.length,
      characterCount: [...contract.toString()].length,
    },
    details,
    ...(record && {
      record: JSON.parse(Buffer.from(record).toString()) as AcceptanceRecord,
      recordSha256: sha256(record).toString('hex'),
      delivery: deliveryOf(stage, parts, events),
    }),
    events: events.map(toldEvent),
    keeping: keepingOf(stage, session, events.at(-1)),
    chain: { events: events.length, lastHash: events.at(-1)?.hash ?? '' },
    ...(files.has('proofs/checkpoint') && { proof: proofOf(files) }),
  });
}

/** What is told of the proofs that are among the files; of a checkpoint that cannot be read, nothing that could be true. */
function proofOf(files: Files): NonNullable<EvidenceInput['proof']> {
  const read = (name: string) => Buffer.from(files.get(name) ?? []).toString();
  const [logOrigin = '', size = '', root = ''] = read('proofs/checkpoint').split('\n');
  const stamps = [...files.keys()].filter((name) => name.startsWith('timestamps/')).sort();
  const lines = read('proofs/cosignatures').split('\n').filter(Boolean);
  return {
    logOrigin,
    leafIndex: leafIndexOf(files),
    treeSize: Number(size),
    rootHex: Buffer.from(root, 'base64').toString('hex'),
    checkpointAt: stampedAt.toISOString(),
    timeStamps: stamps.map((name) => ({
      authority: name.slice('timestamps/'.length, -'.tsr'.length),
      at: stampedAt.toISOString(),
    })),
    timeStampsPending: [],
    witnesses: lines.map((line) => {
      const [, name = '', encoded = ''] = line.split(' ');
      const seconds = Buffer.concat([Buffer.from(encoded, 'base64'), Buffer.alloc(12)]).readBigUInt64BE(4);
      return { name, at: new Date(Number(seconds) * 1000).toISOString() };
    }),
  };
}

/** Where the proof of the last event says that it stands. */
function leafIndexOf(files: Files): number {
  const numbers = [...files.keys()].map((name) => Number(/^proofs\/(\d+)\.tlog-proof$/.exec(name)?.[1] ?? 0));
  const proof = Buffer.from(files.get(`proofs/${Math.max(...numbers)}.tlog-proof`) ?? []).toString();
  return Number(/^index (\d+)$/m.exec(proof)?.[1] ?? 0);
}

function statusOf(stage: Stage): EvidenceInput['session']['status'] {
  return isUnsigned(stage)
    ? ({ declined: 'FAILED', cancelled: 'CANCELLED', expired: 'EXPIRED' } as const)[stage]
    : 'COMPLETED';
}

/** Beginning and end as the rows of the session have them. */
function endsOf({ expiresAt }: Story['session'], events: readonly EventLine[]) {
  const find = (...wanted: string[]) => events.find(({ type }) => wanted.includes(type));
  const closed = find('declined', 'cancelled');
  const unsignedAt = closed?.data.closedAt ?? (find('expired') && expiresAt);
  const words = closed?.private?.words;
  return {
    startedAt: new Date(String(find('started')?.data.startedAt)),
    closedAt: new Date(String(unsignedAt ?? acceptedAt.toISOString())),
    ...(typeof words === 'string' && { closingWords: words }),
  };
}

function keepingOf(stage: Stage, { createdAt }: Story['session'], last?: EventLine): EvidenceInput['keeping'] {
  const kept = isUnsigned(stage) ? (['E2', 'closed_unsigned'] as const) : (['E1', 'signed'] as const);
  const keepUntil = new Date('2032-11-20T14:03:22.481Z');
  const decisive = { class: kept[0], startsAt: acceptedAt, keepUntil, reason: kept[1], isHeld: false };
  const until = new Date(last?.occurredAt ?? createdAt);
  const accesses = { until, taken: [{ by: 'merchant', what: 'evidence', entries: 1, firstAt: new Date(createdAt) }] };
  return { classes: [decisive], holds: [], accesses };
}

function toldEvent({
  type,
  actor,
  occurredAt,
  requestId,
  data,
  private: hidden,
}: EventLine): EvidenceInput['events'][number] {
  return {
    type,
    // The stories of this folder name no other actors.
    actor: actor as Actor,
    occurredAt: new Date(occurredAt),
    data,
    ...(requestId !== undefined && { requestId }),
    ...(hidden && { private: hidden }),
  };
}

function deliveryOf(
  stage: Stage,
  parts: Story['parts'],
  events: readonly EventLine[],
): NonNullable<EvidenceInput['delivery']> {
  const received = events.find(({ type }) => type === 'lender_received')?.data;
  const attempts = [...parts.keys()]
    .filter((name) => name.startsWith('lender/attempts/'))
    .map((name) => JSON.parse(textOf(parts, name)) as AttemptPart);
  const reply = attempts.findLast((attempt) => attempt.reply)?.reply;
  return {
    status: isDelivered(stage) ? 'DELIVERED' : 'QUEUED',
    bodySha256: sha256(parts.get('lender/request-2.json') ?? parts.get('lender/request.json') ?? '').toString('hex'),
    ...(reply && { reply: Buffer.from(reply.bodyBase64, 'base64') }),
    attempts: attempts.map(({ id: _, reply: __, startedAt, endedAt, ...attempt }) => ({
      ...attempt,
      startedAt: new Date(startedAt),
      endedAt: new Date(endedAt),
    })),
    ...(received?.deliveredAt && { deliveredAt: new Date(String(received.deliveredAt)) }),
    ...(received?.deliveredBy && { deliveredBy: String(received.deliveredBy) }),
  };
}

const textOf = (parts: Story['parts'], name: string): string => Buffer.from(parts.get(name) ?? []).toString();

const isDelivered = (stage: Stage): boolean => ['delivered', 'corrected', 'reencoded'].includes(stage);
