import type { AuditedDelivery, AuditedSession } from '#lib/db/audited-sessions.ts';
import { partName } from '#lib/evidence/parts.ts';
import type { LenderWords } from '#lib/providers/lender.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { bytesIn } from '../../sealed-bytes.ts';
import { jsonIn, jsonOf } from './open-or-not.ts';
import { isBetween, type Report, reportValues } from './report.ts';
import type { ToldEvent } from './told.ts';

/** Where a delivery can stand after the last event that moved it. Claims and the end of a pause are no events; a claim that ended with its worker makes the next one ambiguous. */
const standings: Record<string, string[]> = {
  accepted: ['QUEUED', 'SENDING', 'AMBIGUOUS'],
  delivery_retry: ['RETRY_WAIT', 'SENDING', 'AMBIGUOUS'],
  delivery_ambiguous: ['AMBIGUOUS'],
  delivery_paused: ['PAUSED', 'QUEUED', 'SENDING', 'AMBIGUOUS'],
  delivery_needs_attention: ['NEEDS_ATTENTION', 'QUEUED', 'SENDING', 'AMBIGUOUS'],
  delivery_resumed: ['QUEUED', 'SENDING', 'AMBIGUOUS'],
  delivery_reencode_approved: ['QUEUED', 'SENDING', 'AMBIGUOUS'],
  lender_received: ['DELIVERED'],
  lender_rejected: ['REJECTED'],
};

/** The row of the outbox against what the events tell of it, erased or not. */
export function compareDelivery(audited: AuditedSession, told: readonly ToldEvent[], report: Report): void {
  const { session, delivery } = audited;
  const accepted = told.find(({ type }) => type === 'accepted');
  if (!accepted || !delivery) {
    if (accepted) report('row_missing', 'deliveries');
    if (delivery) report('row_without_event', 'deliveries');
    return;
  }
  const moved = told.findLast(({ type }) => Object.hasOwn(standings, type)) ?? accepted;
  const received = moved.type === 'lender_received' ? moved : undefined;
  reportValues(report, 'deliveries', {
    debt_key: [delivery.debt_key, session.debt_key],
    alarms: [delivery.alarms.join(' '), alarmsIn(told)],
    delivered_at: [delivery.delivered_at, received?.data.deliveredAt],
    delivered_by: [delivery.delivered_by, received?.data.deliveredBy],
  });
  if (received && delivery.delivered_at && !isBetween(delivery.delivered_at, received.occurredAt, received.occurredAt))
    report('value_altered', 'deliveries', 'delivered_at');
  if (!standings[moved.type]?.includes(delivery.status)) report('value_altered', 'deliveries', 'status');
  if (!reasonsAfter(audited, moved, told).includes(delivery.reason ?? ''))
    report('value_altered', 'deliveries', 'reason');
  if (!isBetween(delivery.queued_at, session.closed_at ?? accepted.occurredAt, accepted.occurredAt))
    report('value_altered', 'deliveries', 'queued_at');
  compareAttempts(audited, delivery, told, report);
}

function alarmsIn(told: readonly ToldEvent[]): string {
  return told.flatMap(({ type, data }) => (type === 'delivery_alarm' ? [data.alarm] : [])).join(' ');
}

/** Most often the reason of the event that moved it; an attempt that moved nothing brings its own, and may hold a refusal back. */
function reasonsAfter({ attempts }: AuditedSession, moved: ToldEvent, told: readonly ToldEvent[]): string[] {
  const later = told.filter(({ sequence, type }) => sequence > moved.sequence && type === 'lender_attempt');
  const names = new Set(later.flatMap((event) => Object.keys(event.private.commits ?? {})));
  // Of what was erased the commitments are gone with the rest.
  const tried = attempts.filter(
    ({ id, counted }) => counted && (names.has(partName.attempt(id)) || later.some(({ salt }) => !salt)),
  );
  return [String(moved.data.reason ?? ''), ...tried.flatMap(({ reason }) => [reason, `refused_${reason}`])];
}

/** A claim counts before its call is made, so that a worker that dies leaves more counted than called. */
function compareAttempts(
  { session, attempts }: AuditedSession,
  delivery: AuditedDelivery,
  told: readonly ToldEvent[],
  report: Report,
): void {
  // A claim that was signed twice, for the lender's clock, is one attempt of two calls.
  const sent = new Set(attempts.filter(({ kind }) => kind === 'submit').map(({ fence }) => fence)).size;
  if (delivery.attempts < sent || delivery.attempts > Number(delivery.fence) - askedOnly(attempts, told))
    report('value_altered', 'deliveries', 'attempts');
  const { last_attempt_at: last, queued_at } = delivery;
  const answered = told.findLast(({ type }) => type === 'lender_attempt' || Object.hasOwn(standings, type));
  const end = delivery.attempts === sent ? answered?.occurredAt : undefined;
  const isRight =
    (last === null) === (delivery.attempts === 0) && (!last || isBetween(last, queued_at, end ?? session.now));
  if (!isRight) report('value_altered', 'deliveries', 'last_attempt_at');
}

/**
 * Claims by which the lender was asked and nothing was sent: these do not count. Of one that found its body altered there is a question alone, and
 * it does. What a worker brought too late, its claim being another's by then, says nothing: that claim may have counted.
 */
function askedOnly(attempts: AuditedSession['attempts'], told: readonly ToldEvent[]): number {
  if (told.some(({ data }) => data.reason === 'kept_body_altered')) return 0;
  const sent = new Set(attempts.filter(({ kind }) => kind === 'submit').map(({ fence }) => fence));
  const asked = attempts.filter(({ counted, fence }) => counted && !sent.has(fence));
  return new Set(asked.map(({ fence }) => fence)).size;
}

/** What only the session's key opens: the bytes' hash and the lender's words. */
export function compareDeliveryContents(
  { delivery }: AuditedSession,
  vault: SessionVault,
  told: readonly ToldEvent[],
  report: Report,
): void {
  if (!delivery) return;
  const body = bytesIn(vault, 'lender_body', delivery.body_sealed);
  reportValues(report, 'deliveries', {
    body_sha256: [delivery.body_sha256, body && sha256(body)],
    lender_words_sealed: [jsonIn(vault, 'lender_words', delivery.lender_words_sealed), toldWords(told)],
  });
}

/** The last words stay until the lender has the signature: then its old complaints are history. */
function toldWords(told: readonly ToldEvent[]): string | undefined {
  let words: LenderWords | undefined;
  for (const { type, private: hidden } of told) {
    if (type === 'lender_received') words = undefined;
    words = hidden.lenderWords ?? words;
  }
  return jsonOf(words);
}
