import { staffForm } from '#lib/auth/staff-door.ts';
import { paths } from '#lib/paths.ts';
import { liftHold } from '#lib/usecases/staff/hold-session.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const [sessionId, holdId] = [form.get('sessionId') ?? '', form.get('holdId') ?? ''];
  const result = await liftHold(program, staff, { sessionId, holdId }, form.get('reason') ?? '');
  const page = paths.dashboardSession(encodeURIComponent(sessionId));
  return { path: result.ok ? page : `${page}?holdProblem=${result.code}` };
});
