import { GuardedForm } from '#components/form/guarded-form.tsx';
import { actionBar, actionForm } from '#components/signing/action-bar.ts';
import { Decline } from '#components/signing/decline.tsx';
import { SigningPage } from '#components/signing/signing-page.tsx';
import { buttonLabel } from '#lib/copy/consents.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import { readWords } from '#lib/copy/read-page.ts';
import { paths } from '#lib/paths.ts';
import type { JourneyView } from '#lib/usecases/signer/journey-view.ts';
import { ClosedScreen } from './closed-screen.tsx';
import { type JourneyPageProps, journeyPage } from './journey-page.tsx';
import { OfferedContract } from './offered-contract.tsx';

export default function ReadPage(props: JourneyPageProps) {
  return journeyPage(props, 'read', {
    open: (view) => <ReadScreen view={view} />,
    closed: (view) => <ClosedScreen view={view} />,
  });
}

/** The document before any demand: who, what and until when, the whole text, and one button that goes on without signing. */
function ReadScreen({ view }: { view: JourneyView }) {
  const { sessionId, language, parties } = view;
  const words = readWords[language];
  return (
    <SigningPage language={language} page="read" merchant={parties.merchant}>
      <p className="mt-3 text-lg">{words.lead(buttonLabel(language))}</p>
      <OfferedContract view={view} />
      <GuardedForm
        action={paths.signAct(sessionId, 'begin')}
        label={words.next}
        wait={words.wait}
        offline={journeyWords[language].offline}
        className={actionForm}
        barClassName={actionBar}
        note={<p className="text-center text-ink-soft text-sm">{words.nextHint}</p>}
      />
      <Decline language={language} sessionId={sessionId} merchant={parties.merchant} />
    </SigningPage>
  );
}
