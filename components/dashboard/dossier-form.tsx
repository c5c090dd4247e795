import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';

type DossierFormProps = { language: StaffLanguage; sessionId: string; problem: string | undefined };

/** Takes a session's dossier out of the portal, with the reason that is kept for it. */
export function DossierForm({ language, sessionId, problem }: DossierFormProps) {
  const { dossier } = dashboardCopy[language];
  return (
    <Disclosure summary={dossier.open} open={problem !== undefined}>
      <p className="my-2">{dossier.what}</p>
      <form method="post" action={paths.dashboardAct('dossier')} className="space-y-4">
        <input type="hidden" name="sessionId" value={sessionId} />
        <TextAreaField
          id="dossier-reason"
          name="reason"
          label={dossier.reason}
          hint={dossier.reasonHint}
          error={problem}
          maxLength={staffReasonLengthMax}
          required
        />
        <Button>{dossier.act}</Button>
      </form>
    </Disclosure>
  );
}
