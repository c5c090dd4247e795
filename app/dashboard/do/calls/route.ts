import { staffForm } from '#lib/auth/staff-door.ts';
import { paths } from '#lib/paths.ts';
import { openDeliveryCalls } from '#lib/usecases/staff/delivery-calls.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const sessionId = form.get('sessionId') ?? '';
  const result = await openDeliveryCalls(program, staff, sessionId, form.get('reason') ?? '');
  const page = paths.dashboardCalls(encodeURIComponent(sessionId));
  return { path: result.ok ? page : `${page}?problem=${result.code}` };
});
