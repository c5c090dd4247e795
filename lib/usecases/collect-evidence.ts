import { readAcceptance } from '#lib/db/acceptances.ts';
import { sumAccesses } from '#lib/db/accesses.ts';
import type { Tx } from '#lib/db/database.ts';
import { readDelivery } from '#lib/db/deliveries.ts';
import { listAttempts } from '#lib/db/delivery-attempts.ts';
import { type HoldRow, listHolds } from '#lib/db/legal-holds.ts';
import { listReencodes } from '#lib/db/lender-reencodes.ts';
import { shownStatus } from '#lib/domain/session-state.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { AcceptanceRecord } from '#lib/evidence/acceptance-record.ts';
import type { DeliveryEvidence } from '#lib/evidence/delivery-group.ts';
import { type EvidenceInput, evidenceView } from '#lib/evidence/evidence-view.ts';
import type { AccessEvidence, HoldEvidence, KeepingEvidence } from '#lib/evidence/keeping-group.ts';
import { partName } from '#lib/evidence/parts.ts';
import type { LenderWords } from '#lib/providers/lender.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { proofFacts } from './evidence/proof-facts.ts';
import type { SessionProof } from './evidence/session-proof.ts';
import type { Story } from './evidence/story.ts';
import { readKeeping } from './keeping.ts';
import { bodiesOf } from './lender-bodies.ts';
import { closingWords, type OpenSession } from './open-session.ts';
import type { AttemptReply } from './session-parts.ts';

/**
 * Arranges a session's story, with all else that is kept of it, as evidence; at any time, final or not. Of accesses it has those until the
 * story's last event, so that looking changes nothing; `isLive` is for answers that nobody keeps, and has them all.
 */
export async function collectEvidence(
  tx: Tx,
  session: OpenSession,
  { story, proof, isLive = false }: { story: Story; proof: SessionProof | undefined; isLive?: boolean },
): Promise<EvidenceView> {
  const { workspaceId, sessionId } = session.place;
  const [acceptance, delivery, keeping] = await Promise.all([
    readAcceptance(tx, workspaceId, sessionId),
    readDeliveryEvidence(tx, session, committedNames(story)),
    readKeepingEvidence(tx, session, isLive ? undefined : (story.events.at(-1)?.occurredAt ?? session.row.created_at)),
  ]);
  return evidenceView({
    session: sessionFacts(session),
    contract: contractFacts(session),
    details: session.details,
    ...(acceptance && {
      record: openRecord(session, acceptance),
      recordSha256: acceptance.record_sha256.toString('hex'),
    }),
    events: story.events.map(({ type, actor, occurredAt, data, ...more }) => ({
      type,
      actor,
      occurredAt,
      data,
      ...withoutAbsent({ requestId: more.requestId, private: more.private as Record<string, unknown> | undefined }),
    })),
    chain: { events: story.events.length, lastHash: story.events.at(-1)?.hash.toString('hex') ?? '' },
    ...(proof && { proof: proofFacts(proof) }),
    ...(delivery && { delivery }),
    keeping,
  });
}

/** What the acceptance holds; undefined for a session that nobody accepted. */
export async function readAcceptanceRecord(tx: Tx, session: OpenSession): Promise<AcceptanceRecord | undefined> {
  const acceptance = await readAcceptance(tx, session.place.workspaceId, session.place.sessionId);
  return acceptance && openRecord(session, acceptance);
}

/** The record's bytes must still have the hash that was written beside them; anything else is tampering and no evidence. */
function openRecord(
  { vault }: OpenSession,
  { record_sealed, record_sha256 }: { record_sealed: Buffer; record_sha256: Buffer },
): AcceptanceRecord {
  const bytes = vault.open('acceptance_record', record_sealed);
  if (!sha256(bytes).equals(record_sha256)) throw new Error('an acceptance record does not match its hash');
  return JSON.parse(bytes.toString('utf8'));
}

function sessionFacts(session: OpenSession): EvidenceInput['session'] {
  const { row } = session;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    status: shownStatus({ status: row.status, isExpired: row.is_expired }),
    orderId: row.order_id,
    debtKey: row.debt_key,
    provider: row.provider,
    language: row.language,
    merchantLegalName: row.merchant_legal_name,
    lenderLegalName: row.lender_legal_name,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    startedAt: row.started_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
    signingDeadline: row.signing_deadline ?? undefined,
    finalDueDate: row.final_due_date ?? undefined,
    closingWords: closingWords(session),
  };
}

function contractFacts({ row, facts }: OpenSession): EvidenceInput['contract'] {
  return {
    title: facts.title,
    version: facts.version,
    language: row.contract_language ?? undefined,
    sha256: row.contract_sha256.toString('hex'),
    sha3: row.sha3_256.toString('hex'),
    displaySha256: row.display_sha256.toString('hex'),
    byteLength: row.contract_bytes,
    characterCount: row.character_count,
    summary: facts.summary,
  };
}

/** The parts that the story's events vouch for; what came to be later is no part of it. */
export function committedNames({ events }: Story): ReadonlySet<string> {
  return new Set(events.flatMap((event) => Object.keys(event.private?.commits ?? {})));
}

async function readDeliveryEvidence(
  tx: Tx,
  { place, vault }: OpenSession,
  committed: ReadonlySet<string>,
): Promise<DeliveryEvidence | undefined> {
  const [row, attempts, reencodes] = await Promise.all([
    readDelivery(tx, place.workspaceId, place.sessionId),
    listAttempts(tx, place.workspaceId, place.sessionId),
    listReencodes(tx, place),
  ]);
  if (!row) return undefined;
  const bodies = bodiesOf(row, reencodes);
  const body = bodies.findLast(({ number }) => committed.has(partName.lenderRequest(number)));
  const calls = attempts.filter(({ id }) => committed.has(partName.attempt(id)));
  const answered = calls.findLast(({ reply_sealed }) => reply_sealed);
  return {
    status: row.status,
    bodySha256: (body?.sha256 ?? row.body_sha256).toString('hex'),
    attempts: calls.map(({ kind, started_at, ended_at, outcome, reason, http_status, body_sha256, counted }) => ({
      kind,
      startedAt: started_at,
      endedAt: ended_at,
      outcome,
      reason,
      counted,
      ...withoutAbsent({ httpStatus: http_status, bodySha256: body_sha256?.toString('hex') }),
    })),
    ...(answered?.reply_sealed && { reply: replyBody(vault, answered.reply_sealed) }),
    ...withoutAbsent({ deliveredAt: row.delivered_at, deliveredBy: row.delivered_by }),
    ...(row.lender_words_sealed && { words: vault.openJson<LenderWords>('lender_words', row.lender_words_sealed) }),
  };
}

function replyBody(vault: OpenSession['vault'], sealed: Buffer): Uint8Array {
  return Buffer.from(vault.openJson<AttemptReply>('lender_reply', sealed).bodyBase64, 'base64');
}

async function readKeepingEvidence(
  tx: Tx,
  session: OpenSession,
  accessesUntil: Date | undefined,
): Promise<KeepingEvidence> {
  const { workspaceId, sessionId } = session.place;
  const [classes, holds, accesses] = await Promise.all([
    readKeeping(tx, session.place),
    listHolds(tx, workspaceId, sessionId),
    readAccessEvidence(tx, session, accessesUntil),
  ]);
  return { classes: classes ?? [], holds: holds.map((row) => holdEvidence(session, row)), accesses };
}

async function readAccessEvidence(tx: Tx, { place }: OpenSession, until: Date | undefined): Promise<AccessEvidence> {
  const sums = await sumAccesses(tx, place, until);
  if (until)
    return { until, taken: sums.map(({ by, what, entries, first_at }) => ({ by, what, entries, firstAt: first_at })) };
  return {
    taken: sums.map(({ first_at, last_at, ...sum }) => ({ ...sum, firstAt: first_at, lastAt: last_at })),
  };
}

function holdEvidence({ vault }: OpenSession, row: HoldRow): HoldEvidence {
  const words = (sealed: Buffer | null) => (sealed ? vault.openJson<string>('hold_reason', sealed) : undefined);
  return {
    at: row.placed_at,
    by: row.placed_by,
    reason: words(row.reason_sealed) ?? '',
    ...(row.lifted_at && {
      lifted: {
        at: row.lifted_at,
        by: row.lifted_by ?? '',
        ...withoutAbsent({ reason: words(row.lift_reason_sealed) }),
      },
    }),
  };
}
