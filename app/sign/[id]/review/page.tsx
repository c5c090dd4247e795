import { AcceptForm } from '#components/signing/accept-form.tsx';
import { actionBar } from '#components/signing/action-bar.ts';
import { AlteredNotice } from '#components/signing/altered-notice.tsx';
import { Declarations } from '#components/signing/declarations.tsx';
import { Decline } from '#components/signing/decline.tsx';
import { liveWords } from '#components/signing/live-words.ts';
import { ReviewedDetails } from '#components/signing/reviewed-details.tsx';
import { SigningPage } from '#components/signing/signing-page.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { acceptRefusal } from '#lib/copy/accept-refusals.ts';
import { consentBoxes } from '#lib/copy/consents.ts';
import { fieldErrorText } from '#lib/copy/field-errors.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import { reviewWords } from '#lib/copy/review-page.ts';
import { paths } from '#lib/paths.ts';
import type { JourneyView } from '#lib/usecases/signer/journey-view.ts';
import { type JourneyPageProps, journeyPage } from '../journey-page.tsx';
import { OfferedContract } from '../offered-contract.tsx';

export default function ReviewPage(props: JourneyPageProps) {
  return journeyPage(props, 'review', { open: (view) => <ReviewScreen view={view} /> });
}

type Offer = NonNullable<JourneyView['offer']>;

/** Everything once more on one page, in the order in which one checks it: the details, the whole contract, the declarations, the act. */
function ReviewScreen({ view }: { view: JourneyView }) {
  const { sessionId, language, parties, offer } = view;
  if (!offer) throw new Error('a review without an offer has nothing to sign');
  const words = reviewWords[language];
  const errors = boxesOf(view, offer).flatMap(({ box, error }) =>
    error === undefined ? [] : [{ fieldId: box, text: error }],
  );
  return (
    <SigningPage language={language} page="review" merchant={parties.merchant} errors={errors}>
      {offer.refusal !== undefined && <Refusal language={language} code={offer.refusal} />}
      <p className="mt-3 text-lg">{words.lead}</p>
      <ReviewedDetails language={language} sessionId={sessionId} details={view.details} />
      <OfferedContract view={view} />
      <div className={actionBar}>
        <ButtonLink kind="secondary" href="#sign" isWide>
          {words.jump}
        </ButtonLink>
      </div>
      <SignSection view={view} offer={offer} />
      <Decline language={language} sessionId={sessionId} merchant={parties.merchant} />
    </SigningPage>
  );
}

function Refusal({ language, code }: { language: JourneyView['language']; code: string }) {
  const { title, text } = acceptRefusal(language, code);
  return (
    <Notice tone="warning" title={title} role="alert" className="mt-4">
      <p>{text}</p>
    </Notice>
  );
}

function SignSection({ view, offer }: { view: JourneyView; offer: Offer }) {
  const { sessionId, language, contract } = view;
  const words = reviewWords[language];
  const addresses = { original: paths.contractText(sessionId), page: paths.sign(sessionId, 'review') };
  const boxes = boxesOf(view, offer);
  return (
    <section aria-labelledby="sign" className="mt-10">
      <h2 id="sign">{words.signTitle}</h2>
      <p className="mt-1 mb-4">{words.whatHappens(offer.buttonLabel)}</p>
      <AcceptForm
        action={paths.signAct(sessionId, 'accept')}
        label={offer.buttonLabel}
        wait={words.wait}
        waitHint={words.waitHint}
        offline={journeyWords[language].offline}
        displaySha256={contract.displaySha256}
        live={liveWords(language, consentBoxes, boxes.length)}
        alteredNotice={<AlteredNotice {...addresses} words={words.altered} />}
        barClassName="mt-5 space-y-2"
      >
        <input type="hidden" name="offer" value={offer.token} />
        <Declarations language={language} boxes={boxes} />
      </AcceptForm>
    </section>
  );
}

/** The promises with what is wrong with each, in words. */
function boxesOf({ language }: JourneyView, { consents }: Offer) {
  return consents.map(({ box, text, error }) => ({
    box,
    text,
    error: error === undefined ? undefined : fieldErrorText(language, { code: `${box}_not_ticked` }),
  }));
}
