import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';

type CancelFormProps = {
  language: CopyLanguage;
  session: { id: string; orderId: string; person: string | undefined };
  problem: string | undefined;
};

/** Ends an open session. Opening it is the first step, the reason and the second press are the confirmation; the safe way stands first. */
export function CancelForm({ language, session, problem }: CancelFormProps) {
  const { cancel } = dashboardCopy[language];
  return (
    <Disclosure summary={cancel.open} open={problem !== undefined}>
      <h3 className="font-semibold">{cancel.title}</h3>
      <p className="my-2">
        {session.orderId}
        {session.person !== undefined && ` · ${session.person}`}
      </p>
      <p className="my-2">{cancel.warning}</p>
      <form method="post" action={paths.dashboardAct('cancel')} className="space-y-4">
        <input type="hidden" name="sessionId" value={session.id} />
        <TextAreaField
          id="reason"
          label={cancel.reason}
          hint={cancel.reasonHint}
          error={problem}
          maxLength={500}
          required
        />
        <div className="flex flex-wrap gap-3">
          <ButtonLink kind="secondary" href={paths.dashboardSession(session.id)}>
            {cancel.keep}
          </ButtonLink>
          <Button kind="danger">{cancel.act}</Button>
        </div>
      </form>
    </Disclosure>
  );
}
