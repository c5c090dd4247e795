import type { Tx } from '#lib/db/database.ts';
import { type DeliveryRow, readDelivery } from '#lib/db/deliveries.ts';
import { listAttempts } from '#lib/db/delivery-attempts.ts';
import { listEvents } from '#lib/db/events.ts';
import { readContractSealed } from '#lib/db/sessions.ts';
import { insertStaffAccess } from '#lib/db/staff-accesses.ts';
import { displayForm } from '#lib/domain/contract-text.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { type Actor, nextStatus } from '#lib/domain/session-state.ts';
import type { LenderWords } from '#lib/providers/lender.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { collectEvidence } from '../collect-evidence.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { findSession } from '../find-session.ts';
import { closingWords, type OpenSession } from '../open-session.ts';
import { given } from '../session-view.ts';
import { maskEvidence } from './mask-evidence.ts';
import { type StaffSessionItem, sessionItem } from './session-item.ts';

export type TimelineEntry = { at: string; actor: Actor; type: string; data: Record<string, string | number | boolean> };
export type DeliveryView = {
  status: DeliveryStatus;
  attempts: number;
  reason?: string;
  nextAttemptAt?: string;
  deliveredAt?: string;
  words?: LenderWords;
};

/** One session as staff see it. Evidence and contract are there only for roles that may see them. */
export type StaffSession = {
  item: StaffSessionItem;
  contract: { title: string; sha256: string; byteLength: number; text?: string };
  closingWords?: string;
  timeline: TimelineEntry[];
  delivery?: DeliveryView;
  evidence?: EvidenceView;
  mayCancel: boolean;
};

export type StaffSessionResult =
  | { ok: true; session: StaffSession }
  | { ok: false; code: 'forbidden' | 'signing_session_not_found' };

/** Reads one session for staff; that somebody looked is written first, in the same transaction. */
export async function readStaffSession(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
): Promise<StaffSessionResult> {
  if (!mayStaff(staff.role, 'open_session')) return { ok: false, code: 'forbidden' };
  const { workspaceId } = staff;
  return ctx.db.transaction<StaffSessionResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    await noteAccess(tx, staff, sessionId);
    return { ok: true, session: await view(tx, staff, session) };
  });
}

async function noteAccess(tx: Tx, staff: StaffActor, sessionId: string): Promise<void> {
  const access = {
    workspaceId: staff.workspaceId,
    sessionId,
    userId: staff.userId,
    requestId: staff.request.requestId,
  };
  await insertStaffAccess(tx, { ...access, what: 'session' });
  if (mayStaff(staff.role, 'see_evidence')) await insertStaffAccess(tx, { ...access, what: 'evidence' });
}

async function view(tx: Tx, staff: StaffActor, session: OpenSession): Promise<StaffSession> {
  const { row, facts, place } = session;
  const seesEvidence = mayStaff(staff.role, 'see_evidence');
  const delivery = await readDelivery(tx, place.workspaceId, place.sessionId);
  return {
    item: sessionItem(session),
    contract: {
      title: facts.title,
      sha256: row.contract_sha256.toString('hex'),
      byteLength: row.contract_bytes,
      ...(seesEvidence && { text: await contractText(tx, session) }),
    },
    ...given({ closingWords: closingWords(session) }),
    timeline: await timeline(tx, session),
    ...(delivery && { delivery: deliveryView(session, delivery) }),
    ...(seesEvidence && { evidence: maskEvidence(await collectEvidence(tx, session)) }),
    mayCancel:
      mayStaff(staff.role, 'cancel_session') &&
      nextStatus({ status: row.status, isExpired: row.is_expired }, 'cancel') !== undefined,
  };
}

async function contractText(tx: Tx, { place, vault }: OpenSession): Promise<string> {
  const sealed = await readContractSealed(tx, place.workspaceId, place.sessionId);
  if (!sealed) throw new Error('a session without its contract');
  return displayForm(vault.open('contract_text', sealed).toString('utf8'));
}

/** Events and calls to the lender in one story, oldest first. */
async function timeline(tx: Tx, { place }: OpenSession): Promise<TimelineEntry[]> {
  const events = await listEvents(tx, place.workspaceId, place.sessionId);
  const attempts = await listAttempts(tx, place.workspaceId, place.sessionId);
  const entries: TimelineEntry[] = [
    ...events.map(({ occurred_at, actor, type, data }) => ({ at: occurred_at.toISOString(), actor, type, data })),
    ...attempts.map(({ ended_at, kind, outcome, reason, http_status, counted }) => ({
      at: ended_at.toISOString(),
      actor: 'system' as const,
      type: kind === 'submit' ? 'lender_sent' : 'lender_asked',
      data: { outcome, reason, ...(http_status !== null && { httpStatus: http_status }), ...(!counted && { counted }) },
    })),
  ];
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function deliveryView({ vault }: OpenSession, row: DeliveryRow): DeliveryView {
  return {
    status: row.status,
    attempts: row.attempts,
    ...given({
      reason: row.reason,
      nextAttemptAt: row.next_attempt_at?.toISOString(),
      deliveredAt: row.delivered_at?.toISOString(),
    }),
    ...(row.lender_words_sealed && { words: vault.openJson<LenderWords>('lender_words', row.lender_words_sealed) }),
  };
}
