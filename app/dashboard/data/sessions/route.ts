import { staffData } from '#lib/auth/staff-door.ts';
import { listStaffSessions } from '#lib/usecases/staff/list-sessions.ts';
import { readListQuery } from '../../list-query.ts';

export const GET = staffData(async (program, staff, request) => {
  const question = readListQuery(Object.fromEntries(new URL(request.url).searchParams));
  const result = await listStaffSessions(program, staff, question);
  return result.ok ? { status: 200, body: result.list } : { status: 403, body: { code: result.code } };
});
