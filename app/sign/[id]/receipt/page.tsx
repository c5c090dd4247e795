import { Objections, ReceivedObjections } from '#components/signing/objections.tsx';
import { ReceiptRows } from '#components/signing/receipt-rows.tsx';
import { SigningPage } from '#components/signing/signing-page.tsx';
import { WayBack } from '#components/signing/way-back.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { erasedWords } from '#lib/copy/erased.ts';
import { receiptWords } from '#lib/copy/receipt-page.ts';
import { formatInstantForPeople } from '#lib/format/instant.ts';
import { paths } from '#lib/paths.ts';
import type { ClosedView } from '#lib/usecases/signer/journey-view.ts';
import { type JourneyPageProps, journeyPage } from '../journey-page.tsx';

export default function ReceiptPage(props: JourneyPageProps) {
  return journeyPage(props, 'receipt', { closed: (view) => <ReceiptScreen view={view} /> });
}

/** What the signer keeps: the code, the moment, the text; as much of it as this browser may see. */
function ReceiptScreen({ view }: { view: ClosedView }) {
  const { sessionId, language, parties, wayBack, receipt, erasedAt } = view;
  if (!receipt) throw new Error('a completed session without a receipt');
  const words = receiptWords[language];
  const { merchant, lender } = parties;
  const said = { language, merchant, objections: receipt.objections };
  return (
    <SigningPage language={language} page="receipt" merchant={merchant}>
      <ReceivedObjections {...said} />
      <Notice tone="success" className="mt-5">
        <p>
          {erasedAt ? erasedWords[language](formatInstantForPeople(erasedAt, language)) : words.leads[receipt.shows]}
        </p>
      </Notice>
      <ReceiptRows language={language} parties={parties} receipt={receipt} />
      {receipt.shows === 'full' && <Copies words={words} sessionId={sessionId} isProved={receipt.isProved === true} />}
      {!erasedAt && <Next words={words} lender={lender} />}
      {erasedAt ? (
        <NotYou words={words} merchant={merchant} />
      ) : (
        <Objections {...said} sessionId={sessionId} isAccepter={receipt.shows === 'full'} />
      )}
      <WayBack language={language} merchant={merchant} wayBack={wayBack} />
    </SigningPage>
  );
}

/** Where nothing can be kept any more, whom to tell. */
function NotYou({ words, merchant }: { words: (typeof receiptWords)['en']; merchant: string }) {
  return (
    <>
      <h2 className="mt-8">{words.notYouTitle}</h2>
      <p className="mt-1">{words.notYou(merchant)}</p>
    </>
  );
}

function Next({ words, lender }: { words: (typeof receiptWords)['en']; lender: string }) {
  return (
    <>
      <h2 className="mt-8">{words.nextTitle}</h2>
      <p className="mt-1">{words.next(lender)}</p>
    </>
  );
}

type CopiesProps = { words: (typeof receiptWords)['en']; sessionId: string; isProved: boolean };

/** Copies to keep, at once and without an account; interim ones until the proof is whole. */
function Copies({ words, sessionId, isProved }: CopiesProps) {
  const look = 'inline-flex min-h-11 items-center py-1.5 font-semibold';
  return (
    <div className="mt-8 print:hidden">
      <h2 className="mb-1">{words.copies}</h2>
      <p className="mb-2">{isProved ? words.proved : words.notYetProved}</p>
      <ul>
        <li>
          <a href={paths.signDocument(sessionId)} download className={look}>
            {words.document}
          </a>
        </li>
        <li>
          <a href={paths.signCertificate(sessionId)} className={look}>
            {words.certificate}
          </a>
        </li>
        <li>
          <a href={paths.contractText(sessionId)} download className={look}>
            {words.download}
          </a>
        </li>
        <li>
          <a href={paths.signDossier(sessionId)} download className={look}>
            {words.dossier}
          </a>
        </li>
      </ul>
      <p className="mt-1 text-ink-soft">{words.dossierIs}</p>
      <p className="mt-3 text-ink-soft">{words.keep}</p>
    </div>
  );
}
