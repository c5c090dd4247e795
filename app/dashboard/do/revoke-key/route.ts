import { staffForm } from '#lib/auth/staff-door.ts';
import { paths } from '#lib/paths.ts';
import { revokeStaffKey } from '#lib/usecases/staff/manage-keys.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const revoked = await revokeStaffKey(program, staff, form.get('apiKeyId') ?? '', form.get('reason') ?? '');
  return { path: revoked.ok ? paths.dashboardKeys() : `${paths.dashboardKeys()}?problem=${revoked.code}` };
});
