import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/choice.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Field } from '#components/ui/field.tsx';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { webhookTypes } from '#lib/domain/webhook-type.ts';
import { paths } from '#lib/paths.ts';

/** Makes an endpoint; the answer shows its secret, once. */
export function WebhookForm({ language, problem }: { language: StaffLanguage; problem: string | undefined }) {
  const copy = webhookCopy[language].make;
  return (
    <Disclosure summary={copy.open} open={problem !== undefined}>
      <form method="post" action={paths.dashboardWebhookAct('create')} className="space-y-4">
        <Field id="url" label={copy.url} hint={copy.urlHint} error={problem} type="url" maxLength={2000} required />
        <fieldset>
          <legend className="mb-2">{copy.types}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {webhookTypes.map((type) => (
              <Choice key={type} id={type} value="yes" label={type} error={undefined} />
            ))}
          </div>
        </fieldset>
        <Button>{copy.act}</Button>
      </form>
    </Disclosure>
  );
}
