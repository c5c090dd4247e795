import { listApiKeys as listRows } from '#lib/db/api-keys.ts';
import { readClock } from '#lib/db/clock.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { parseStaffReason } from '#lib/domain/staff-reason.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { checked } from '#lib/schema/field-refusals.ts';
import { keyForm, rotateForm } from '#lib/schema/key-form.ts';
import { newApiKey } from '#lib/schema/new-api-key.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { newId } from '../new-id.ts';
import { createApiKey, type KeyRefusal } from '../system/create-api-key.ts';
import { type ApiKeyView, apiKeyView } from '../system/list-api-keys.ts';
import { revokeApiKey } from '../system/revoke-api-key.ts';
import { type RotateRefusal, rotateApiKey } from '../system/rotate-api-key.ts';

type Form = ReadonlyMap<string, string>;

/** `formId` is the id of the key that the form beside it will make. */
type StaffKey = ApiKeyView & { formId: string };
type StaffKeys = { ok: true; keys: StaffKey[]; formId: string } | { ok: false; code: 'forbidden' };

/** The keys of the workspace, newest first, and what the page needs to make others. */
export async function listStaffKeys(ctx: UseCaseContext, staff: StaffActor): Promise<StaffKeys> {
  if (!mayStaff(staff.role, 'manage_keys')) return { ok: false, code: 'forbidden' };
  const { workspaceId } = staff;
  return ctx.db.transaction<StaffKeys>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const now = await readClock(tx);
    const rows = (await listRows(tx, workspaceId)).reverse();
    const keys = rows.map((row) => ({ ...apiKeyView(row, ctx.isSandbox), formId: newId(now) }));
    return { ok: true, keys, formId: newId(now) };
  });
}

type StaffKeyRefusal = 'forbidden' | 'key_form' | KeyRefusal['code'] | RotateRefusal;
type Refused = { ok: false; code: StaffKeyRefusal };

/** Makes a key by the form of the page. It is answered once and kept nowhere. */
export async function createStaffKey(
  ctx: UseCaseContext,
  staff: StaffActor,
  form: Form,
): Promise<{ ok: true; apiKey: string } | Refused> {
  if (!mayStaff(staff.role, 'manage_keys')) return { ok: false, code: 'forbidden' };
  const typed = keyForm.safeParse(Object.fromEntries(form));
  const input = typed.success ? checked(newApiKey, typed.data.key) : undefined;
  if (!typed.success || !input?.ok || !isUuid(typed.data.keyId)) return { ok: false, code: 'key_form' };
  const maker = { apiKeyId: typed.data.keyId, by: staff.userId };
  return createApiKey(ctx, staff.workspaceId, input.value, maker);
}

/** Makes the successor of a key by the form beside it. */
export async function rotateStaffKey(
  ctx: UseCaseContext,
  staff: StaffActor,
  form: Form,
): Promise<{ ok: true; apiKey: string; oldEndsAt: Date } | Refused> {
  if (!mayStaff(staff.role, 'manage_keys')) return { ok: false, code: 'forbidden' };
  const typed = rotateForm.safeParse(Object.fromEntries(form));
  if (!typed.success || !isUuid(typed.data.keyId)) return { ok: false, code: 'key_form' };
  const { keyId, apiKeyId, overlapHours: overlapMs } = typed.data;
  return rotateApiKey(ctx, staff.workspaceId, { apiKeyId, overlapMs }, { apiKeyId: keyId, by: staff.userId });
}

type RevokeRefusal =
  | 'forbidden'
  | 'api_key_not_found'
  | Extract<ReturnType<typeof parseStaffReason>, { ok: false }>['code'];

/** Ends a key from the next call on, with the reason that is kept. */
export async function revokeStaffKey(
  ctx: UseCaseContext,
  staff: StaffActor,
  apiKeyId: string,
  typedReason: string,
): Promise<{ ok: true } | { ok: false; code: RevokeRefusal }> {
  if (!mayStaff(staff.role, 'manage_keys')) return { ok: false, code: 'forbidden' };
  const reason = parseStaffReason(typedReason);
  if (!reason.ok) return reason;
  if (!isUuid(apiKeyId)) return { ok: false, code: 'api_key_not_found' };
  return revokeApiKey(ctx, staff.workspaceId, apiKeyId, { by: staff.userId, reason: reason.value });
}
