import { staffForm } from '#lib/auth/staff-door.ts';
import { formatInstantWithOffset } from '#lib/format/instant.ts';
import { newKeyPage } from '#lib/http/new-key-page.ts';
import { staffLanguage } from '#lib/http/page-language.ts';
import { paths } from '#lib/paths.ts';
import { rotateStaffKey } from '#lib/usecases/staff/manage-keys.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const made = await rotateStaffKey(program, staff, form);
  if (!made.ok) return { path: `${paths.dashboardKeys()}?problem=${made.code}` };
  const { apiKey, oldEndsAt } = made;
  return { file: newKeyPage({ apiKey, oldEnd: formatInstantWithOffset(oldEndsAt, staffLanguage()) }) };
});
