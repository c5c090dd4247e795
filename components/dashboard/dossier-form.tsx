import { Button } from '#components/ui/button.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { ReasonForm } from './reason-form.tsx';

type DossierFormProps = { language: StaffLanguage; sessionId: string; problem: string | undefined };

/** Takes a session's dossier out of the portal, with the reason that is kept for it. */
export function DossierForm({ language, sessionId, problem }: DossierFormProps) {
  const { dossier } = dashboardCopy[language];
  return (
    <ReasonForm
      summary={dossier.open}
      what={<p className="my-2">{dossier.what}</p>}
      act="dossier"
      about={{ sessionId }}
      field={{ id: 'dossier-reason', label: dossier.reason, hint: dossier.reasonHint }}
      problem={problem}
    >
      <Button>{dossier.act}</Button>
    </ReasonForm>
  );
}
