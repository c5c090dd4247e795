import { readDelivery } from '#lib/db/deliveries.ts';
import { type AttemptRow, listAttempts } from '#lib/db/delivery-attempts.ts';
import { listReencodes } from '#lib/db/lender-reencodes.ts';
import { hasGivenReason, insertStaffAccess } from '#lib/db/staff-accesses.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { DeliveryCall, DeliveryCalls } from '#lib/schema/delivery-calls.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { findSession } from '../find-session.ts';
import { bodiesOf } from '../lender-bodies.ts';
import { bytesIn } from '../sealed-bytes.ts';
import type { AttemptReply } from '../session-parts.ts';
import { reencodeView } from './reencode-view.ts';
import { type CertificateRefusal, openCourtCertificate, reasonHoldsMinutes } from './staff-certificate.ts';

export type DeliveryCallsResult =
  | { ok: true; calls: DeliveryCalls }
  | { ok: false; code: 'forbidden' | 'signing_session_not_found' };

/**
 * Keeps why somebody reads what went to the lender and what came back, before they do. It is as much as the certificate for the court holds,
 * so one reason opens both, for the same ten minutes.
 */
export function openDeliveryCalls(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
  typedReason: string,
): Promise<{ ok: true } | CertificateRefusal> {
  return openCourtCertificate(ctx, staff, sessionId, typedReason);
}

/** Every call to the lender for a session; the bytes that were sent and the answers only for whoever has just said why. */
export async function readDeliveryCalls(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
): Promise<DeliveryCallsResult> {
  const { role, workspaceId, userId, request } = staff;
  if (!mayStaff(role, 'open_session')) return { ok: false, code: 'forbidden' };
  return ctx.db.transaction<DeliveryCallsResult>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    const access = { workspaceId, sessionId, userId, requestId: request.requestId };
    await insertStaffAccess(tx, { ...access, what: 'session' });
    const mayReveal = mayStaff(role, 'see_evidence');
    const isRevealed = mayReveal && (await hasGivenReason(tx, access, reasonHoldsMinutes));
    const [row, attempts, reencodes] = await Promise.all([
      readDelivery(tx, workspaceId, sessionId),
      listAttempts(tx, workspaceId, sessionId),
      listReencodes(tx, session.place),
    ]);
    const revealTo = isRevealed ? session.vault : undefined;
    const bodies = row ? bodiesOf(row, reencodes) : [];
    const reencode = row && (await reencodeView(ctx, tx, staff, { session, row, reencodes }));
    return {
      ok: true,
      calls: {
        orderId: session.row.order_id,
        mayReveal,
        calls: attempts.map((attempt) => callView(attempt, bodies[0]?.sha256, revealTo)),
        ...(revealTo && sentBodies(revealTo, bodies)),
        ...(reencode && { reencode }),
      },
    };
  });
}

function sentBodies(
  vault: SessionVault,
  bodies: ReturnType<typeof bodiesOf>,
): Pick<DeliveryCalls, 'sent' | 'replaced'> {
  const opened = bodies.map(({ sealed, sha256 }) => ({
    sha256: sha256.toString('hex'),
    // What no longer opens is left out: what else is known of the calls is shown all the same.
    sent: bytesIn(vault, 'lender_body', sealed)?.toString('utf8'),
  }));
  const [now, replaced] = [opened.at(-1), opened.slice(0, -1)];
  const readable = replaced.flatMap(({ sha256, sent }) => (sent === undefined ? [] : [{ sha256, sent }]));
  return {
    ...(now?.sent !== undefined && { sent: now.sent }),
    ...(readable.length > 0 && { replaced: readable }),
  };
}

/** Calls that do not say what they sent are older than any other body than the first. */
function callView(attempt: AttemptRow, firstSha256: Buffer | undefined, vault: SessionVault | undefined): DeliveryCall {
  const { id, kind, started_at, ended_at, outcome, reason, http_status, counted, reply_sealed } = attempt;
  const sha256 = kind === 'submit' ? (attempt.body_sha256 ?? firstSha256)?.toString('hex') : undefined;
  return {
    id,
    kind,
    startedAt: started_at.toISOString(),
    endedAt: ended_at.toISOString(),
    outcome,
    reason,
    counted,
    ...withoutAbsent({ httpStatus: http_status, sha256 }),
    ...(vault && reply_sealed && { answer: answerIn(vault, reply_sealed) }),
  };
}

function answerIn(vault: SessionVault, sealed: Buffer): string {
  const { headers, bodyBase64 } = vault.openJson<AttemptReply>('lender_reply', sealed);
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...head, '', Buffer.from(bodyBase64, 'base64').toString('utf8')].join('\n');
}
