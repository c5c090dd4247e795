import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import { classOf, type KeptUntil, keptUntil } from './kept-until.ts';
import { isBetween, type Report, reportValues } from './report.ts';
import type { ToldEvent } from './told.ts';

/** Of an erased session nothing may be left that opens, and its tombstone says what its last event says. */
export function compareErased(audited: AuditedSession, told: readonly ToldEvent[], report: Report): void {
  for (const [table, column] of leftovers(audited)) report('erasure_incomplete', table, column);
  const { tombstone: stone, events } = audited;
  const [last, end] = [events.at(-1), told.at(-1)];
  if (!stone) report('row_missing', 'tombstones');
  else if (!last || end?.type !== 'erased') report('row_without_event', 'tombstones');
  else compareStone(audited, { stone, last, end }, told, report);
}

type Ending = { stone: Stone; last: AuditedSession['events'][number]; end: ToldEvent };

function compareStone(
  audited: AuditedSession,
  { stone, last, end }: Ending,
  told: readonly ToldEvent[],
  report: Report,
): void {
  const { session } = audited;
  reportValues(report, 'signing_sessions', { erased_at: [session.erased_at, last.occurred_at] });
  reportValues(report, 'tombstones', {
    class: [stone.class, classOf(session.status, told)],
    'class, of the event': [stone.class, end.data.class],
    rule: [stone.rule, end.data.rule],
    'rule, request_id': [stone.request_id !== null, stone.rule === 'requested'],
    erased_at: [stone.erased_at, last.occurred_at],
    contract_sha256: [stone.contract_sha256, session.contract_sha256],
    chain_length: [stone.chain_length, last.sequence - 1],
    chain_head: [stone.chain_head, last.prev_hash],
    event_hash: [stone.event_hash, last.hash],
    rows: [JSON.stringify(counted(stone.rows)), JSON.stringify(counted(rowsThen(audited, told)))],
  });
  if (!isKeptUntilThen(session, stone, keptUntil(audited, told))) report('value_altered', 'tombstones', 'kept_until');
}

function leftovers(audited: AuditedSession): [table: string, column?: string][] {
  const { session, key, contract, details, blindIndexes, acceptance, delivery, attempts, holds, events } = audited;
  const isLeft = (value: unknown) => value !== null;
  const told = events.slice(0, -1);
  const columns: [boolean, string, string?][] = [
    [key !== undefined, 'session_keys'],
    [contract !== undefined, 'contracts'],
    [details.length > 0, 'signer_details'],
    [blindIndexes.length > 0, 'blind_indexes'],
    [acceptance !== undefined, 'acceptances'],
    [audited.certificates.length > 0, 'certificates'],
    [audited.hasDraft, 'drafts'],
    [isLeft(session.metadata_sealed), 'signing_sessions', 'metadata_sealed'],
    [isLeft(session.closing_words_sealed), 'signing_sessions', 'closing_words_sealed'],
    [isLeft(session.return_url), 'signing_sessions', 'return_url'],
    [delivery !== undefined && isLeft(delivery.body_sealed), 'deliveries', 'body_sealed'],
    [delivery !== undefined && isLeft(delivery.body_sha256), 'deliveries', 'body_sha256'],
    [delivery !== undefined && isLeft(delivery.lender_words_sealed), 'deliveries', 'lender_words_sealed'],
    [attempts.some(({ reply_sealed }) => isLeft(reply_sealed)), 'delivery_attempts', 'reply_sealed'],
    [attempts.some(({ body_sha256 }) => isLeft(body_sha256)), 'delivery_attempts', 'body_sha256'],
    [audited.reencodes.length > 0, 'lender_reencodes'],
    [holds.some(({ reason_sealed }) => isLeft(reason_sealed)), 'legal_holds', 'reason_sealed'],
    [holds.some(({ lift_reason_sealed }) => isLeft(lift_reason_sealed)), 'legal_holds', 'lift_reason_sealed'],
    [told.some(({ private_sealed }) => isLeft(private_sealed)), 'events', 'private_sealed'],
    [told.some(({ salt, salt_sealed }) => isLeft(salt) || isLeft(salt_sealed)), 'events', 'salt, salt_sealed'],
  ];
  return columns.filter(([isThere]) => isThere).map(([, table, column]) => (column ? [table, column] : [table]));
}

/** What must have been there to be erased. How many words a name had is gone. */
function rowsThen(
  { session, delivery, attempts, events, holds, tombstone }: AuditedSession,
  told: readonly ToldEvent[],
) {
  return {
    acceptances: told.some(({ type }) => type === 'accepted') ? 1 : 0,
    blind_indexes: tombstone?.rows.blind_indexes ?? 0,
    contracts: 1,
    deliveries: delivery ? 1 : 0,
    delivery_attempts: attempts.length,
    events: events.length - 1,
    legal_holds: holds.length,
    session_keys: 1,
    signer_details: session.details_version,
  };
}

const counted = (rows: Record<string, number>) => Object.entries(rows).sort(([one], [other]) => (one < other ? -1 : 1));

type Stone = NonNullable<AuditedSession['tombstone']>;

/** Erased no earlier than its date; a request may only end what was never opened before its term. */
function isKeptUntilThen(
  { keep_until, now }: AuditedSession['session'],
  { class: kind, rule, kept_until, erased_at }: Stone,
  terms: KeptUntil | undefined,
): boolean {
  // A clock that was put forward and back again has erased in the future.
  if (!terms || !isBetween(erased_at, kept_until, now)) return false;
  if (rule === 'requested') return kind === 'E3' && isBetween(kept_until, erased_at, erased_at);
  if (kept_until > erased_at || kept_until < terms.least) return false;
  return [keep_until, terms.floor].some((end) => end?.getTime() === kept_until.getTime());
}
