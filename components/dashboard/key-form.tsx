import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/choice.tsx';
import { Field, TextAreaField } from '#components/ui/field.tsx';
import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import { paths } from '#lib/paths.ts';
import { scopeField } from '#lib/schema/key-form.ts';

type KeyFormProps = { formId: string; language: StaffLanguage };

/** Makes a key. The form carries the id of the key that it makes, so that sending it twice makes one. */
export function KeyForm({ formId, language }: KeyFormProps) {
  const { create, scope: scopeWords } = keysCopy[language];
  const plain = { error: undefined, autoComplete: 'off', spellCheck: false } as const;
  return (
    <form method="post" action={paths.dashboardAct('create-key')} className="space-y-4">
      <input type="hidden" name="keyId" value={formId} />
      <Field id="name" label={create.name} maxLength={120} required {...plain} />
      <fieldset className="space-y-2">
        <legend className="mb-1 font-semibold">{create.scopes}</legend>
        {apiScopes.map((scope) => (
          <Choice key={scope} id={scopeField(scope)} value="yes" label={scopeWords[scope]} error={undefined} />
        ))}
      </fieldset>
      <TextAreaField id="returnOrigins" label={create.origins} hint={create.originsHint} {...plain} />
      <TextAreaField id="allowedAddresses" label={create.addresses} hint={create.addressesHint} {...plain} />
      <Field id="lastDay" type="date" label={create.lastDay} hint={create.lastDayHint} {...plain} />
      <Button>{create.act}</Button>
    </form>
  );
}
