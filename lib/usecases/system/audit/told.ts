import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { chainCheck } from '#lib/evidence/chain-check.ts';
import { contentHash } from '#lib/evidence/event-chain.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { PrivateEventFacts } from '../../events.ts';
import { isBetween, type Report } from './report.ts';

/** One event as it tells itself, with as much of it as could be opened. */
export type ToldEvent = {
  type: string;
  actor: string;
  actorId: string | undefined;
  sequence: number;
  occurredAt: Date;
  data: Record<string, string | number | boolean>;
  private: PrivateEventFacts;
  salt: Buffer | undefined;
};

type EventRow = AuditedSession['events'][number];

/** What the database tells by itself, without a key. Everything else that the owner could insert would have to be sealed. */
const unsealed = ['expired', 'erased'];

const saidColumns = 'type, actor, actor_id, request_id, data, private_sealed, salt_sealed, salt, content_hash';

/**
 * The events of a session, checked: each follows from the one before, and says what its hash was made of. Of what was erased only the chain
 * can be checked, and the last event, whose salt lies open; no `vault` then.
 */
export function readTold(
  { session, events }: AuditedSession,
  vault: SessionVault | undefined,
  report: Report,
): ToldEvent[] {
  const follows = chainCheck();
  return events.map((row) => {
    const place = `event ${row.sequence}`;
    if (!follows(linkOf(row)))
      report('chain_broken', 'events', 'sequence, occurred_at, content_hash, prev_hash, hash', place);
    if (row.salt && !unsealed.includes(row.type)) report('event_forged', 'events', 'salt', place);
    if (!isBetween(row.occurred_at, new Date(0), session.now)) report('moment_ahead', 'events', 'occurred_at', place);
    const told = toldEvent(row, vault);
    const isSaid =
      told.salt && told.isOpen && row.content_hash.equals(contentHash(told.salt, contentOf(row, told.private)));
    const hasTwoSalts = row.salt !== null && row.salt_sealed !== null;
    if (hasTwoSalts || (!isSaid && (vault || row.salt))) report('event_altered', 'events', saidColumns, place);
    return told;
  });
}

function linkOf(row: EventRow) {
  const { sequence, occurred_at, content_hash, prev_hash, hash } = row;
  return { sessionId: '', sequence, occurredAt: occurred_at, contentHash: content_hash, prevHash: prev_hash, hash };
}

function toldEvent(row: EventRow, vault: SessionVault | undefined): ToldEvent & { isOpen: boolean } {
  const { type, actor, sequence, data } = row;
  const said = { type, actor, actorId: row.actor_id ?? undefined, sequence, occurredAt: row.occurred_at, data };
  try {
    const hidden = row.private_sealed && vault?.openJson<PrivateEventFacts>('event', row.private_sealed);
    const salt = row.salt ?? (row.salt_sealed && vault?.open('event_salt', row.salt_sealed)) ?? undefined;
    return { ...said, private: hidden ?? {}, salt, isOpen: !row.private_sealed || hidden !== undefined };
  } catch {
    return { ...said, private: {}, salt: undefined, isOpen: false };
  }
}

function contentOf({ type, actor, actor_id, request_id, data, private_sealed }: EventRow, hidden: PrivateEventFacts) {
  return {
    type,
    actor,
    ...withoutAbsent({ actorId: actor_id, requestId: request_id }),
    data,
    ...(private_sealed && { private: hidden as Record<string, unknown> }),
  };
}
