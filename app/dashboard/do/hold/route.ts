import { staffForm } from '#lib/auth/staff-door.ts';
import { paths } from '#lib/paths.ts';
import { placeHold } from '#lib/usecases/staff/hold-session.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const sessionId = form.get('sessionId') ?? '';
  const result = await placeHold(program, staff, sessionId, form.get('reason') ?? '');
  const page = paths.dashboardSession(encodeURIComponent(sessionId));
  return { path: result.ok ? page : `${page}?holdProblem=${result.code}` };
});
