import { staffData } from '#lib/auth/staff-door.ts';
import { listStaffSessions } from '#lib/usecases/staff/list-sessions.ts';
import { readListQuery } from '../../list-query.ts';

export const GET = staffData(async (program, staff, request) => {
  const list = await listStaffSessions(
    program,
    staff,
    readListQuery(Object.fromEntries(new URL(request.url).searchParams)),
  );
  return { status: list.ok ? 200 : 403, body: list };
});
