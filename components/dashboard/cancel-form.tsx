import { Button, ButtonLink } from '#components/ui/button.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import type { StaffSessionItem } from '#lib/schema/staff-session.ts';
import { ReasonForm } from './reason-form.tsx';

type CancelFormProps = {
  language: StaffLanguage;
  item: StaffSessionItem;
  problem: string | undefined;
};

/** Ends an open session. Opening it is the first step, the reason and the second press are the confirmation; the safe way stands first. */
export function CancelForm({ language, item, problem }: CancelFormProps) {
  const { cancel } = dashboardCopy[language];
  return (
    <ReasonForm
      summary={cancel.open}
      what={
        <>
          <h3 className="font-semibold">{cancel.title}</h3>
          <p className="my-2">
            {item.orderId}
            {item.person.name !== undefined && ` · ${item.person.name}`}
          </p>
          <p className="my-2">{cancel.warning}</p>
        </>
      }
      act="cancel"
      about={{ sessionId: item.id }}
      field={{ id: 'reason', label: cancel.reason, hint: cancel.reasonHint }}
      problem={problem}
    >
      <div className="flex flex-wrap gap-3">
        <ButtonLink kind="secondary" href={paths.dashboardSession(item.id)}>
          {cancel.keep}
        </ButtonLink>
        <Button kind="danger">{cancel.act}</Button>
      </div>
    </ReasonForm>
  );
}
