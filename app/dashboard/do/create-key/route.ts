import { staffForm } from '#lib/auth/staff-door.ts';
import { newKeyPage } from '#lib/http/new-key-page.ts';
import { paths } from '#lib/paths.ts';
import { createStaffKey } from '#lib/usecases/staff/manage-keys.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const made = await createStaffKey(program, staff, form);
  return made.ok ? { file: newKeyPage(made) } : { path: `${paths.dashboardKeys()}?problem=${made.code}` };
});
