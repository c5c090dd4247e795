import { Decline } from '#components/signing/decline.tsx';
import { DetailsFields } from '#components/signing/details-fields.tsx';
import { DetailsForm } from '#components/signing/details-form.tsx';
import { liveWords } from '#components/signing/live-words.ts';
import { LockedDetails } from '#components/signing/locked-details.tsx';
import { SigningPage } from '#components/signing/signing-page.tsx';
import { detailsWords } from '#lib/copy/details-page.ts';
import { fieldErrorText } from '#lib/copy/field-errors.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import { paths } from '#lib/paths.ts';
import type { JourneyView } from '#lib/usecases/signer/journey-view.ts';
import { type JourneyPageProps, journeyPage } from '../journey-page.tsx';

export default function DetailsPage(props: JourneyPageProps) {
  return journeyPage(props, 'details', { open: (view) => <DetailsScreen view={view} /> });
}

/** Error codes of CPF and CNPJ begin with their own names. */
const identityStems = ['cpf', 'cnpj'];

/** Only what is missing or may be corrected; what the merchant fixed is shown and not asked. */
function DetailsScreen({ view }: { view: JourneyView }) {
  const { sessionId, language, parties, details } = view;
  const { merchant } = parties;
  const words = detailsWords[language];
  const asked = details.filter(({ isLocked }) => !isLocked);
  const errors = asked.flatMap(({ field, error }) =>
    error ? [{ fieldId: field, text: fieldErrorText(language, error) }] : [],
  );
  const stems = [...asked.map(({ field }) => field), ...identityStems];
  return (
    <SigningPage language={language} page="details" merchant={merchant} errors={errors}>
      <p className="mt-3">{words.lead(merchant, parties.lender)}</p>
      <LockedDetails language={language} merchant={merchant} details={details} />
      <div className="mt-8">
        <DetailsForm
          action={paths.signAct(sessionId, 'details')}
          label={words.next}
          wait={words.wait}
          offline={journeyWords[language].offline}
          live={liveWords(language, stems, asked.length)}
          barClassName="mt-8 space-y-2"
        >
          <DetailsFields language={language} details={asked} />
        </DetailsForm>
      </div>
      <p className="mt-4">
        <a href={paths.sign(sessionId)} className="inline-flex min-h-11 items-center">
          {words.back}
        </a>
      </p>
      <Decline language={language} sessionId={sessionId} merchant={merchant} />
    </SigningPage>
  );
}
