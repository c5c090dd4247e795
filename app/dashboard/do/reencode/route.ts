import { staffForm } from '#lib/auth/staff-door.ts';
import { paths } from '#lib/paths.ts';
import { decideReencode, proposeReencode } from '#lib/usecases/staff/reencode-delivery.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const [sessionId = '', reencodeId = '', act = '', reason = ''] = ['sessionId', 'reencodeId', 'act', 'reason'].map(
    (name) => form.get(name),
  );
  const result =
    act === 'propose'
      ? await proposeReencode(program, staff, { sessionId, form }, reason)
      : await decideReencode(program, staff, { sessionId, reencodeId, decision: act }, reason);
  const page = paths.dashboardCalls(encodeURIComponent(sessionId));
  return { path: result.ok ? page : `${page}?reencodeProblem=${result.code}` };
});
