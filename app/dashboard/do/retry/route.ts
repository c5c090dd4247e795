import { staffForm } from '#lib/auth/staff-door.ts';
import { paths } from '#lib/paths.ts';
import { retryDelivery, sendDeliveryNow } from '#lib/usecases/staff/retry-delivery.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const sessionId = form.get('sessionId') ?? '';
  const result =
    form.get('act') === 'send_now'
      ? await sendDeliveryNow(program, staff, sessionId)
      : await retryDelivery(program, staff, sessionId, form.get('reason') ?? '');
  const page = paths.dashboardSession(encodeURIComponent(sessionId));
  return { path: result.ok ? page : `${page}?retryProblem=${result.code}` };
});
