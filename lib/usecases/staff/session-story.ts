import type { Tx } from '#lib/db/database.ts';
import { type DeliveryRow, readDelivery } from '#lib/db/deliveries.ts';
import { type AttemptRow, listAttempts } from '#lib/db/delivery-attempts.ts';
import { type EventRow, listEvents } from '#lib/db/events.ts';
import { listHolds } from '#lib/db/legal-holds.ts';
import { listSessionNotices, type SessionNoticeRow } from '#lib/db/session-notices.ts';
import { nameMembers } from '#lib/db/staff-members.ts';
import { mayActOnDelivery } from '#lib/domain/delivery-state.ts';
import { shownNoticesMax } from '#lib/domain/lender-notice.ts';
import { objectionOf } from '#lib/domain/objection.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { nextStatus } from '#lib/domain/session-state.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { LenderWords } from '#lib/providers/lender.ts';
import type { StaffNotice } from '#lib/schema/staff-notice.ts';
import type { StaffDelivery, StaffObjection, StaffSessionStory, StoryEntry } from '#lib/schema/staff-session.ts';
import type { StaffActor } from '../context.ts';
import type { PrivateEventFacts } from '../events.ts';
import { readKeeping } from '../keeping.ts';
import type { OpenSession } from '../open-session.ts';
import { keepingView } from './keeping-view.ts';
import { sessionItem } from './session-item.ts';

/** What happened to a session and where it stands, as this member of staff may see it. */
export async function sessionStory(tx: Tx, staff: StaffActor, session: OpenSession): Promise<StaffSessionStory> {
  const { row, place } = session;
  const { workspaceId, sessionId } = place;
  const [events, attempts, delivery, holds, keeping, notices] = await Promise.all([
    listEvents(tx, workspaceId, sessionId),
    listAttempts(tx, workspaceId, sessionId),
    readDelivery(tx, workspaceId, sessionId),
    listHolds(tx, workspaceId, sessionId),
    readKeeping(tx, place),
    listSessionNotices(tx, place, shownNoticesMax),
  ]);
  const actors = events.flatMap(({ actor, actor_id }) => (actor === 'staff' && actor_id !== null ? [actor_id] : []));
  const staffIds = [...actors, ...holds.flatMap(({ placed_by, lifted_by }) => [placed_by, lifted_by ?? []].flat())];
  const names = staffIds.length > 0 ? await nameMembers(tx, workspaceId, staffIds) : new Map<string, string>();
  // The calls to the lender tell themselves, with their outcome.
  const told = events.filter(({ type }) => type !== 'lender_attempt');
  const entries = [...told.map((event) => eventEntry(staff, session, event, names)), ...attempts.map(callEntry)];
  const moment = { status: row.status, isExpired: row.is_expired };
  return {
    item: sessionItem(session),
    entries: withoutRepeats(entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))),
    objections: objectionViews(staff, session, events),
    ...(delivery && { delivery: deliveryView(staff, session, delivery) }),
    notices: notices.map(noticeView),
    keeping: keepingView(staff, session, { holds, keeping: keeping ?? [] }, names),
    mayCancel: mayStaff(staff.role, 'cancel_session') && nextStatus(moment, 'cancel') !== undefined,
    now: row.now.toISOString(),
  };
}

const deliveryActs = ['retry', 'send_now'] as const;

function eventEntry(
  staff: StaffActor,
  { vault }: OpenSession,
  event: EventRow,
  names: ReadonlyMap<string, string>,
): StoryEntry {
  const { words, ip, sourcePort, ipTrust } = privateFacts(vault, event);
  const seesEvidence = mayStaff(staff.role, 'see_evidence');
  const seesNetwork = ipTrust !== undefined && seesEvidence;
  // The merchant asked for none of these words, and anybody with the link may have written them.
  const seesWords = seesEvidence || objectionOf(event.type) === undefined;
  return {
    key: `event-${event.position}`,
    at: event.occurred_at.toISOString(),
    actor: event.actor,
    type: event.type,
    facts: event.data,
    ...withoutAbsent({ words: seesWords ? words : undefined, who: names.get(event.actor_id ?? '') }),
    ...(seesNetwork && { network: { ipTrust, ...withoutAbsent({ ip, sourcePort }) } }),
  };
}

function privateFacts(vault: OpenSession['vault'], { private_sealed }: EventRow): PrivateEventFacts {
  return private_sealed ? vault.openJson<PrivateEventFacts>('event', private_sealed) : {};
}

/** What was said against the contract after it was signed, to be answered by somebody. */
function objectionViews(staff: StaffActor, { vault }: OpenSession, events: readonly EventRow[]): StaffObjection[] {
  const seesWords = mayStaff(staff.role, 'see_evidence');
  return events.flatMap((event) => {
    const act = objectionOf(event.type);
    if (!act) return [];
    const { words } = privateFacts(vault, event);
    const reason = words === undefined ? 'none' : seesWords ? { words } : 'hidden';
    const from = event.data.from === 'accepter' ? 'accepter' : 'other_holder';
    return [{ act, from, at: event.occurred_at.toISOString(), reason }];
  });
}

function callEntry({ id, ended_at, kind, outcome, reason, http_status, counted }: AttemptRow): StoryEntry {
  return {
    key: `call-${id}`,
    at: ended_at.toISOString(),
    actor: 'system',
    type: kind === 'submit' ? 'lender_sent' : 'lender_asked',
    facts: { outcome, reason, ...withoutAbsent({ httpStatus: http_status }), ...(!counted && { counted }) },
  };
}

/** The same thing several times in a row is one entry that says how often, and until when. */
function withoutRepeats(entries: readonly StoryEntry[]): StoryEntry[] {
  const told: StoryEntry[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    if (last && sayingOf(last) === sayingOf(entry))
      last.repeats = { count: (last.repeats?.count ?? 1) + 1, lastAt: entry.at };
    else told.push({ ...entry });
  }
  return told;
}

function sayingOf({ actor, who, type, words, facts, network }: StoryEntry): string {
  // Every request comes from another port; that alone does not make another story.
  return JSON.stringify([actor, who, type, words, facts, network?.ip, network?.ipTrust]);
}

function noticeView({ id, received_at, state, event_datetime, effect }: SessionNoticeRow): StaffNotice {
  return { id, at: received_at.toISOString(), state, ...withoutAbsent({ lenderTime: event_datetime, effect }) };
}

function deliveryView(staff: StaffActor, { vault, erased }: OpenSession, row: DeliveryRow): StaffDelivery {
  const isAllowed = !erased && mayStaff(staff.role, 'retry_delivery');
  return {
    status: row.status,
    acts: isAllowed ? deliveryActs.filter((act) => mayActOnDelivery(act, row.status)) : [],
    attempts: row.attempts,
    ...withoutAbsent({
      reason: row.reason,
      lastAttemptAt: row.last_attempt_at?.toISOString(),
      nextAttemptAt: row.next_attempt_at?.toISOString(),
      deliveredAt: row.delivered_at?.toISOString(),
    }),
    ...(row.lender_words_sealed && { words: vault.openJson<LenderWords>('lender_words', row.lender_words_sealed) }),
  };
}
