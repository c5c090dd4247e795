import { staffForm } from '#lib/auth/staff-door.ts';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { staffLanguage } from '#lib/http/page-language.ts';
import { secretPage } from '#lib/http/secret-page.ts';
import { paths } from '#lib/paths.ts';
import { changeStaffWebhook, webhookActs } from '#lib/usecases/staff/change-webhook.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const act = webhookActs.find((known) => known === form.get('act'));
  const endpointId = form.get('endpointId') ?? '';
  if (!act || !isUuid(endpointId)) return { path: paths.dashboardWebhooks() };
  const page = paths.dashboardWebhook(endpointId);
  const result = await changeStaffWebhook(program, staff, { act, endpointId, eventId: form.get('eventId') ?? '' });
  if (!result.ok) return { path: `${page}?problem=${result.code}` };
  if (result.secret === undefined) return { path: page };
  const language = staffLanguage();
  const { title, what, back: label } = webhookCopy[language].secret;
  return { file: secretPage({ language, title, what, secret: result.secret, back: { path: page, label } }) };
});
