import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';
import type { StaffSessionItem } from '#lib/schema/staff-session.ts';

type CancelFormProps = {
  language: StaffLanguage;
  item: StaffSessionItem;
  problem: string | undefined;
};

/** Ends an open session. Opening it is the first step, the reason and the second press are the confirmation; the safe way stands first. */
export function CancelForm({ language, item, problem }: CancelFormProps) {
  const { cancel } = dashboardCopy[language];
  return (
    <Disclosure summary={cancel.open} open={problem !== undefined}>
      <h3 className="font-semibold">{cancel.title}</h3>
      <p className="my-2">
        {item.orderId}
        {item.person.name !== undefined && ` · ${item.person.name}`}
      </p>
      <p className="my-2">{cancel.warning}</p>
      <form method="post" action={paths.dashboardAct('cancel')} className="space-y-4">
        <input type="hidden" name="sessionId" value={item.id} />
        <TextAreaField
          id="reason"
          label={cancel.reason}
          hint={cancel.reasonHint}
          error={problem}
          maxLength={staffReasonLengthMax}
          required
        />
        <div className="flex flex-wrap gap-3">
          <ButtonLink kind="secondary" href={paths.dashboardSession(item.id)}>
            {cancel.keep}
          </ButtonLink>
          <Button kind="danger">{cancel.act}</Button>
        </div>
      </form>
    </Disclosure>
  );
}
