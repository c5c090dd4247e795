import type { Tx } from '#lib/db/database.ts';
import { readContractSealed } from '#lib/db/sessions.ts';
import { insertStaffAccess } from '#lib/db/staff-accesses.ts';
import { displayForm } from '#lib/domain/contract-text.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import type { StaffSessionStory } from '#lib/schema/staff-session.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { readWholeEvidence } from '../evidence/whole-evidence.ts';
import { findAnySession } from '../find-session.ts';
import type { OpenSession } from '../open-session.ts';
import { maskEvidence } from './mask-evidence.ts';
import { sessionStory } from './session-story.ts';

/** One session as staff see it. The contract's text and the evidence are there only for roles that may see them. */
export type StaffSession = {
  story: StaffSessionStory;
  contract: { title?: string; version?: string; language?: string; sha256: string; byteLength: number; text?: string };
  evidence?: EvidenceView;
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
  return ctx.db.transaction<StaffSessionResult>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    await noteAccess(tx, staff, sessionId);
    return { ok: true, session: await view(ctx, tx, staff, session) };
  });
}

async function noteAccess(tx: Tx, staff: StaffActor, sessionId: string): Promise<void> {
  const { workspaceId, userId, role, request } = staff;
  const access = { workspaceId, sessionId, userId, requestId: request.requestId };
  await insertStaffAccess(tx, { ...access, what: 'session' });
  if (mayStaff(role, 'see_evidence')) await insertStaffAccess(tx, { ...access, what: 'evidence' });
}

async function view(ctx: UseCaseContext, tx: Tx, staff: StaffActor, session: OpenSession): Promise<StaffSession> {
  const { row, facts } = session;
  const seesEvidence = mayStaff(staff.role, 'see_evidence');
  return {
    story: await sessionStory(tx, staff, session),
    contract: {
      ...(!session.erased && { title: facts.title }),
      ...withoutAbsent({ version: facts.version, language: row.contract_language }),
      sha256: row.contract_sha256.toString('hex'),
      byteLength: row.contract_bytes,
      ...(seesEvidence && !session.erased && { text: await contractText(tx, session) }),
    },
    ...(seesEvidence && { evidence: maskEvidence(await readWholeEvidence(ctx, tx, session), staff.role) }),
  };
}

async function contractText(tx: Tx, { place, vault }: OpenSession): Promise<string> {
  const sealed = await readContractSealed(tx, place.workspaceId, place.sessionId);
  if (!sealed) throw new Error('a session without its contract');
  return displayForm(vault.open('contract_text', sealed).toString('utf8'));
}
