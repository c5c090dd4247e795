import { CourtForm, SharedDownload } from '#components/dashboard/certificate-forms.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { CertificateView } from '#components/signing/certificate-view.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { certificateCopy } from '#lib/copy/dashboard-certificate.ts';
import { setNoStore, setStatus } from '#lib/http/page-answer.ts';
import { paths } from '#lib/paths.ts';
import { type CertificateRefusal, readStaffCertificate } from '#lib/usecases/staff/staff-certificate.ts';
import { staffPage } from '../../../staff-page.tsx';

type CertificatePageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A session's certificate for staff, in the session's language: what its PDF says, for eyes and screen readers alike. */
export default function StaffCertificatePage(props: CertificatePageProps) {
  return staffPage((page) => showCertificate(page, props));
}

async function showCertificate(page: StaffPage, { params, searchParams }: CertificatePageProps) {
  const { program, staff, language } = page;
  const [{ id }, asked] = await Promise.all([params, searchParams]);
  setNoStore();
  const version = asked.version === 'court' ? 'court' : 'shared';
  const read = await readStaffCertificate(program, staff, { sessionId: id, version });
  const words = certificateCopy[language];
  if (!read.ok) setStatus(read.code === 'signing_session_not_found' ? 404 : 403);
  return (
    <StaffShell language={language} area="sessions" title={words.title} staff={staff}>
      <p className="mb-3">
        <a href={paths.dashboardSession(id)} className="inline-flex min-h-11 items-center">
          {words.back}
        </a>
      </p>
      {read.ok ? (
        <article lang={read.model.language}>
          <h1>{read.model.title}</h1>
          <Notice tone={read.model.state === 'final' ? 'success' : 'warning'} className="mt-5">
            <p className="font-semibold">{read.model.stateWord}</p>
            <p className="mt-1">{read.model.stateNote}</p>
          </Notice>
          <p className="mt-5 text-lg">{read.model.summary}</p>
          <p className="mt-3 text-ink-soft">{read.model.audienceNote}</p>
          <CertificateView sections={read.model.sections} />
        </article>
      ) : (
        <Refused page={page} sessionId={id} code={read.code} />
      )}
      <div className="mt-8 print:hidden">
        {read.ok && version === 'shared' && <SharedDownload language={language} sessionId={id} />}
      </div>
    </StaffShell>
  );
}

function Refused({ page, sessionId, code }: { page: StaffPage; sessionId: string; code: CertificateRefusal['code'] }) {
  const words = certificateCopy[page.language];
  return (
    <>
      <h1>{words.title}</h1>
      <Notice tone="warning" className="my-5">
        {code === 'reason_missing' ? words.locked : words.problems[code]}
      </Notice>
      {code === 'reason_missing' && <CourtForm language={page.language} sessionId={sessionId} problem={undefined} />}
    </>
  );
}
