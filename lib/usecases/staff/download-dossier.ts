import { insertDossierAccess } from '#lib/db/staff-accesses.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { parseStaffReason } from '#lib/domain/staff-reason.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { buildDossier, type Dossier } from '../evidence/build-dossier.ts';
import { findSession } from '../find-session.ts';

type StaffDossierResult =
  | ({ ok: true } & Dossier)
  | {
      ok: false;
      code:
        | 'forbidden'
        | 'signing_session_not_found'
        | Extract<ReturnType<typeof parseStaffReason>, { ok: false }>['code'];
    };

/** A dossier for staff, who say why they take it; that is kept before anything leaves (Decreto 8.771/2016, art. 13). */
export async function downloadDossier(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
  typedReason: string,
): Promise<StaffDossierResult> {
  if (!mayStaff(staff.role, 'see_evidence')) return { ok: false, code: 'forbidden' };
  const reason = parseStaffReason(typedReason);
  if (!reason.ok) return reason;
  const { workspaceId, userId, request } = staff;
  return ctx.db.transaction<StaffDossierResult>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    const reasonSealed = session.vault.seal('access_reason', Buffer.from(reason.value));
    await insertDossierAccess(tx, { workspaceId, sessionId, userId, requestId: request.requestId, reasonSealed });
    return { ok: true, ...(await buildDossier(ctx, tx, session)) };
  });
}
