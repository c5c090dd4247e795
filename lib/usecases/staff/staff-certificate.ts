import { hasGivenReason, insertDossierAccess, insertStaffAccess } from '#lib/db/staff-accesses.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { parseStaffReason } from '#lib/domain/staff-reason.ts';
import type { CertificateModel } from '#lib/evidence/certificate/certificate-model.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { type Certificate, certificateOf, keptCertificate } from '../evidence/certificate-of.ts';
import { certificatePages } from '../evidence/certificate-pages.ts';
import { readProof } from '../evidence/session-proof.ts';
import { readStory, untilTheEnd } from '../evidence/story.ts';
import { findSession } from '../find-session.ts';

/** `shared` is masked but for the name; `court` holds all that the dossier does, and is given for a reason only. */
type WantedCertificate = { sessionId: string; version: 'shared' | 'court' };

export type CertificateRefusal = {
  ok: false;
  code: 'forbidden' | 'signing_session_not_found' | Extract<ReturnType<typeof parseStaffReason>, { ok: false }>['code'];
};

/** Long enough to read it; whoever comes back to it later says again why. */
export const reasonHoldsMinutes = 10;

/** Keeps why the court's version is read, before it is; the page shows it to the same person for ten minutes (Decreto 8.771/2016, art. 13). */
export function openCourtCertificate(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
  typedReason: string,
): Promise<{ ok: true } | CertificateRefusal> {
  return noteTaking(ctx, staff, { sessionId, version: 'court' }, typedReason);
}

/** The certificate as PDF. That it is taken, and for the court's version why, is kept before anything leaves. */
export async function downloadCertificate(
  ctx: UseCaseContext,
  staff: StaffActor,
  wanted: WantedCertificate,
  typedReason: string,
): Promise<({ ok: true } & Certificate) | CertificateRefusal> {
  const noted = await noteTaking(ctx, staff, wanted, typedReason);
  if (!noted.ok) return noted;
  const { sessionId, version } = wanted;
  const certificate = await certificateOf(ctx, { workspaceId: staff.workspaceId, sessionId }, version);
  return certificate ? { ok: true, ...certificate } : { ok: false, code: 'signing_session_not_found' };
}

/** The certificate for the screen; the court's version only to whoever has just said why. */
export async function readStaffCertificate(
  ctx: UseCaseContext,
  staff: StaffActor,
  { sessionId, version }: WantedCertificate,
): Promise<{ ok: true; model: CertificateModel } | CertificateRefusal> {
  if (!mayStaff(staff.role, 'see_evidence')) return { ok: false, code: 'forbidden' };
  const { workspaceId, userId, request } = staff;
  return ctx.db.transaction({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    const access = { workspaceId, sessionId, userId, requestId: request.requestId };
    if (version === 'shared') await insertStaffAccess(tx, { ...access, what: 'evidence' });
    else if (!(await hasGivenReason(tx, access, reasonHoldsMinutes))) return { ok: false, code: 'reason_missing' };
    const story = untilTheEnd(await readStory(tx, session));
    const isForKeeping = (await keptCertificate(tx, session, story, 'court')) !== undefined;
    const about = { story, proof: await readProof(ctx, tx, story), kind: version, isForKeeping };
    const { model } = await certificatePages(ctx, tx, session, about);
    return { ok: true, model };
  });
}

async function noteTaking(
  ctx: UseCaseContext,
  { role, workspaceId, userId, request }: StaffActor,
  { sessionId, version }: WantedCertificate,
  typedReason: string,
): Promise<{ ok: true } | CertificateRefusal> {
  if (!mayStaff(role, 'see_evidence')) return { ok: false, code: 'forbidden' };
  const reason = version === 'court' ? parseStaffReason(typedReason) : undefined;
  if (reason?.ok === false) return reason;
  return ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    const access = { workspaceId, sessionId, userId, requestId: request.requestId };
    if (!reason) await insertStaffAccess(tx, { ...access, what: 'export' });
    else {
      const reasonSealed = session.vault.seal('access_reason', Buffer.from(reason.value));
      await insertDossierAccess(tx, { ...access, reasonSealed });
    }
    return { ok: true };
  });
}
