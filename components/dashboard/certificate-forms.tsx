import { Button } from '#components/ui/button.tsx';
import { certificateCopy } from '#lib/copy/dashboard-certificate.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import { ReasonForm } from './reason-form.tsx';

type FormProps = { language: StaffLanguage; sessionId: string };
type CourtProps = FormProps & { problem: string | undefined };

/** The ways to a session's certificate: masked at once, whole for a reason. */
export function CertificateForms({ language, sessionId, problem }: CourtProps) {
  const words = certificateCopy[language];
  return (
    <div className="space-y-3">
      <p>
        <a href={paths.dashboardCertificate(sessionId, 'shared')} className="inline-flex min-h-11 items-center">
          {words.read}
        </a>
      </p>
      <SharedDownload language={language} sessionId={sessionId} />
      <CourtForm language={language} sessionId={sessionId} problem={problem} />
    </div>
  );
}

export function SharedDownload({ language, sessionId }: FormProps) {
  return (
    <form method="post" action={paths.dashboardAct('certificate')}>
      <input type="hidden" name="sessionId" value={sessionId} />
      <input type="hidden" name="version" value="shared" />
      <Button kind="secondary" name="as" value="pdf">
        {certificateCopy[language].download}
      </Button>
    </form>
  );
}

/** Asks why, and then shows the version for court or hands it out. */
export function CourtForm({ language, sessionId, problem }: CourtProps) {
  const words = certificateCopy[language];
  return (
    <ReasonForm
      summary={words.openCourt}
      what={<p className="my-2">{words.whatCourt}</p>}
      act="certificate"
      about={{ sessionId, version: 'court' }}
      field={{ id: 'certificate-reason', label: words.reason, hint: words.reasonHint }}
      problem={problem}
    >
      <p className="flex flex-wrap gap-3">
        <Button name="as" value="page">
          {words.readCourt}
        </Button>
        <Button kind="secondary" name="as" value="pdf">
          {words.downloadCourt}
        </Button>
      </p>
    </ReasonForm>
  );
}
