import { connection } from 'next/server';
import { CertificateView } from '#components/signing/certificate-view.tsx';
import { RefusedPage } from '#components/signing/refused-page.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import { receiptWords } from '#lib/copy/receipt-page.ts';
import { answerOrAway, setNoStore, setStatus } from '#lib/http/page-answer.ts';
import { pageLanguage } from '#lib/http/page-language.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { type RefusalKind, refusalWords } from '#lib/http/refusal-words.ts';
import { signerCookieOf } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import { type OwnCertificate, readOwnCertificate } from '#lib/usecases/signer/read-own-certificate.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';

type CertificatePageProps = { params: Promise<{ id: string }> };

/** The certificate to read on the screen, with what it says for eyes and for screen readers alike; its PDF is for keeping. */
export default async function CertificatePage({ params }: CertificatePageProps) {
  await connection();
  const { id } = await params;
  setNoStore();
  const read = await answerOrAway(async (program): Promise<OwnCertificate> => {
    const signer = readSigner(program, id, signerCookieOf(id, program.portalUrl), requestFacts());
    return signer ? readOwnCertificate(program, signer) : { ok: false, code: 'unauthorized' };
  });
  if (read.isAway) return refused('temporarily_unavailable');
  if (!read.answer.ok) {
    setStatus(401);
    return refused('unauthorized');
  }
  const { model } = read.answer;
  const words = receiptWords[model.language];
  return (
    <PageShell lang={model.language} title={model.title} skipLabel={journeyWords[model.language].skipToContent}>
      <h1>{model.title}</h1>
      <Notice tone={model.state === 'final' ? 'success' : 'warning'} className="mt-5">
        <p className="font-semibold">{model.stateWord}</p>
        <p className="mt-1">{model.stateNote}</p>
      </Notice>
      <p className="mt-5 text-lg">{model.summary}</p>
      <p className="mt-3 text-ink-soft">{model.audienceNote}</p>
      <p className="mt-3 print:hidden">
        <a href={paths.signDocument(id)} download className="inline-flex min-h-11 items-center font-semibold">
          {words.document}
        </a>
      </p>
      <CertificateView sections={model.sections} />
    </PageShell>
  );
}

function refused(kind: Extract<RefusalKind, 'unauthorized' | 'temporarily_unavailable'>) {
  const language = pageLanguage();
  return <RefusedPage language={language} words={refusalWords[language][kind]} />;
}
