import { type BodyForm, bodyForms } from '#lib/domain/body-form.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import type { StaffActor } from '#lib/usecases/context.ts';
import { decideReencode, proposeReencode } from '#lib/usecases/staff/reencode-delivery.ts';
import { addStaff } from './keeping.ts';
import { requestFrom, type TestPortal } from './portal.ts';

/** Why staff did it; words that stand nowhere else. */
export const reencodeWords = {
  proposal: 'Hífen conforme o sabiá-laranjeira',
  decision: 'Conferido com a capivara',
} as const;

/** How every body of the test portal, which has the usual settings, is made at first. */
export const firstForm: BodyForm = {
  type: bodyForms.type[0],
  timestamp: bodyForms.timestamp[0],
  countryCode: bodyForms.countryCode[0],
};

export const formWith = (changes: Partial<Record<keyof BodyForm, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries({ ...firstForm, ...changes }));

/** Somebody of the merchant's staff with this role, made at first mention. */
export async function staffMember(portal: TestPortal, userId: string, role: StaffRole): Promise<StaffActor> {
  const { workspaceId } = portal.merchant;
  if ((await portal.asOwner('SELECT FROM staff_user WHERE id = $1', [userId])).length === 0)
    await addStaff(portal, userId);
  await portal.asOwner(
    'INSERT INTO staff_members (user_id, workspace_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [userId, workspaceId, role],
  );
  return { userId, workspaceId, role, request: requestFrom('203.0.113.9') };
}

/** Proposes another spelling as the one admin and, unless told otherwise, approves it as the other. */
export async function reencode(
  portal: TestPortal,
  sessionId: string,
  changes: Partial<Record<keyof BodyForm, string>>,
  decision: 'approved' | 'declined' | 'left open' = 'approved',
): Promise<string> {
  const [one, other] = [await staffMember(portal, 'proposer', 'admin'), await staffMember(portal, 'approver', 'admin')];
  const form = formWith(changes);
  const proposed = await proposeReencode(portal.ctx, one, { sessionId, form }, reencodeWords.proposal);
  if (!proposed.ok) throw new Error(proposed.code);
  const { reencodeId } = proposed;
  if (decision === 'left open') return reencodeId;
  const decided = await decideReencode(portal.ctx, other, { sessionId, reencodeId, decision }, reencodeWords.decision);
  if (!decided.ok) throw new Error(decided.code);
  return reencodeId;
}
