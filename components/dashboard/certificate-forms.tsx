import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { certificateCopy } from '#lib/copy/dashboard-certificate.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';

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
    <Disclosure summary={words.openCourt} open={problem !== undefined}>
      <p className="my-2">{words.whatCourt}</p>
      <form method="post" action={paths.dashboardAct('certificate')} className="space-y-4">
        <input type="hidden" name="sessionId" value={sessionId} />
        <input type="hidden" name="version" value="court" />
        <TextAreaField
          id="certificate-reason"
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          error={problem}
          maxLength={staffReasonLengthMax}
          required
        />
        <p className="flex flex-wrap gap-3">
          <Button name="as" value="page">
            {words.readCourt}
          </Button>
          <Button kind="secondary" name="as" value="pdf">
            {words.downloadCourt}
          </Button>
        </p>
      </form>
    </Disclosure>
  );
}
