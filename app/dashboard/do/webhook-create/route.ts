import { staffForm } from '#lib/auth/staff-door.ts';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import { everyType, webhookTypes } from '#lib/domain/webhook-type.ts';
import { staffLanguage } from '#lib/http/page-language.ts';
import { secretPage } from '#lib/http/secret-page.ts';
import { paths } from '#lib/paths.ts';
import { checked } from '#lib/schema/field-refusals.ts';
import { newWebhook } from '#lib/schema/new-webhook.ts';
import { createStaffWebhook } from '#lib/usecases/staff/change-webhook.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const chosen = webhookTypes.filter((type) => form.get(type) === 'yes');
  const parsed = checked(newWebhook, { url: form.get('url'), eventTypes: chosen.length > 0 ? chosen : [everyType] });
  const refused = (code: string) => ({ path: `${paths.dashboardWebhooks()}?problem=${code}` });
  if (!parsed.ok) return refused('wrong_value');
  const made = await createStaffWebhook(program, staff, parsed.value);
  if (!made.ok) return refused(made.code);
  const language = staffLanguage();
  const { title, what, back: label } = webhookCopy[language].secret;
  const back = { path: paths.dashboardWebhook(made.endpointId), label };
  return { file: secretPage({ language, title, what, secret: made.secret, back }) };
});
