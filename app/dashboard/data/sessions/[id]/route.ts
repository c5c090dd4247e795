import { staffData } from '#lib/auth/staff-door.ts';
import { refreshStaffSession } from '#lib/usecases/staff/refresh-session.ts';

export const GET = staffData(async (program, staff, _request, { id = '' }) => {
  const result = await refreshStaffSession(program, staff, id);
  if (result.ok) return { status: 200, body: result.story };
  return { status: result.code === 'forbidden' ? 403 : 404, body: { code: result.code } };
});
