import { AccessList } from '#components/dashboard/access-list.tsx';
import { CertificateForms } from '#components/dashboard/certificate-forms.tsx';
import { DossierForm } from '#components/dashboard/dossier-form.tsx';
import { EvidenceGroups } from '#components/dashboard/evidence-groups.tsx';
import { LiveSession } from '#components/dashboard/live-session.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { dashboardCopy, problemWords } from '#lib/copy/dashboard.ts';
import { accessCopy } from '#lib/copy/dashboard-accesses.ts';
import { certificateCopy } from '#lib/copy/dashboard-certificate.ts';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { keepingCopy } from '#lib/copy/dashboard-keeping.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import { paths } from '#lib/paths.ts';
import type { AccessList as Accesses } from '#lib/schema/access-list.ts';
import { listAccesses } from '#lib/usecases/staff/list-accesses.ts';
import { readStaffSession, type StaffSession } from '#lib/usecases/staff/read-session.ts';
import { staffPage } from '../../staff-page.tsx';

type SessionPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

type SessionProps = {
  session: StaffSession;
  /** Absent for roles that may not see who has looked. */
  accesses: Accesses | undefined;
  language: StaffLanguage;
  problem: string | undefined;
  dossierProblem: string | undefined;
  certificateProblem: string | undefined;
  holdProblem: string | undefined;
  retryProblem: string | undefined;
};

export default function SessionPage(props: SessionPageProps) {
  return staffPage((page) => showSession(page, props));
}

async function showSession({ program, staff, language }: StaffPage, { params, searchParams }: SessionPageProps) {
  const { id } = await params;
  const {
    problem: code,
    dossierProblem: dossierCode,
    certificateProblem: certificateCode,
    holdProblem: holdCode,
    retryProblem: retryCode,
    accesses: cursor,
  } = await searchParams;
  const copy = dashboardCopy[language];
  const problem = problemWords(copy.cancel.problems, typeof code === 'string' ? code : undefined);
  const dossierProblem = problemWords(copy.dossier.problems, typeof dossierCode === 'string' ? dossierCode : undefined);
  const certificateProblem = problemWords(
    certificateCopy[language].problems,
    typeof certificateCode === 'string' ? certificateCode : undefined,
  );
  const holdProblem = problemWords(keepingCopy[language].problems, typeof holdCode === 'string' ? holdCode : undefined);
  const retryProblem = problemWords(
    deliveryCopy[language].problems,
    typeof retryCode === 'string' ? retryCode : undefined,
  );
  const result = await readStaffSession(program, staff, id);
  if (!result.ok) setStatus(404);
  const accesses = result.ok ? await accessesOf({ program, staff }, id, cursor) : undefined;
  const { title } = copy.session;
  const orderId = result.ok ? result.session.story.item.orderId : undefined;
  return (
    <StaffShell language={language} area="sessions" title={[title, orderId].filter(Boolean).join(' ')} staff={staff}>
      <p className="mb-3">
        <a href={paths.dashboardSessions()}>{copy.session.back}</a>
      </p>
      <h1 className="mb-5">
        {title} {orderId !== undefined && <span className="font-normal [overflow-wrap:anywhere]">{orderId}</span>}
      </h1>
      {result.ok ? (
        <Session
          session={result.session}
          language={language}
          {...{ accesses, problem, dossierProblem, certificateProblem, holdProblem, retryProblem }}
        />
      ) : (
        <Notice tone="warning">{copy.notFound}</Notice>
      )}
    </StaffShell>
  );
}

/** Nothing for roles that may not see it. */
async function accessesOf(
  { program, staff }: Pick<StaffPage, 'program' | 'staff'>,
  sessionId: string,
  cursor: string | string[] | undefined,
): Promise<Accesses | undefined> {
  const question = { sessionId, ...(typeof cursor === 'string' && { cursor }) };
  const seen = await listAccesses(program, staff, question);
  return seen.ok ? seen.list : undefined;
}

function Session({
  session,
  accesses,
  language,
  problem,
  dossierProblem,
  certificateProblem,
  holdProblem,
  retryProblem,
}: SessionProps) {
  const copy = dashboardCopy[language].session;
  const { story, contract, evidence } = session;
  return (
    <div className="space-y-5">
      <LiveSession initial={story} language={language} {...{ problem, holdProblem, retryProblem }} />
      {!evidence && <p className="text-ink-soft">{copy.evidenceHidden}</p>}
      {contract.text !== undefined && (
        <Panel title={copy.contract}>
          <Disclosure summary={contract.title}>
            <p className="mb-3 text-ink-soft text-sm [overflow-wrap:anywhere]">{`SHA-256 ${contract.sha256}`}</p>
            <div className="whitespace-pre-wrap [overflow-wrap:anywhere]" translate="no">
              {contract.text}
            </div>
          </Disclosure>
        </Panel>
      )}
      {evidence && (
        <Panel title={copy.evidence}>
          <p className="mb-3 text-ink-soft text-sm">{copy.evidenceNames}</p>
          <EvidenceGroups evidence={evidence} language={language} />
          {!story.item.erased && (
            <div className="mt-5 space-y-3">
              <CertificateForms language={language} sessionId={story.item.id} problem={certificateProblem} />
              <DossierForm language={language} sessionId={story.item.id} problem={dossierProblem} />
            </div>
          )}
        </Panel>
      )}
      {accesses && (
        <Panel title={accessCopy[language].title}>
          <AccessList
            list={accesses}
            language={language}
            olderAddress={(cursor) =>
              `${paths.dashboardSession(story.item.id)}?${new URLSearchParams({ accesses: cursor })}`
            }
          />
        </Panel>
      )}
    </div>
  );
}
