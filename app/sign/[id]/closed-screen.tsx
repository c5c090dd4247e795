import { SigningPage } from '#components/signing/signing-page.tsx';
import { WayBack } from '#components/signing/way-back.tsx';
import { type ClosedReason, closedWords } from '#lib/copy/closed-page.ts';
import { erasedWords } from '#lib/copy/erased.ts';
import { formatInstantForPeople } from '#lib/format/instant.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import type { ClosedView } from '#lib/usecases/signer/journey-view.ts';

/** A session that ended without a signature: what happened, that nothing was signed, whom to ask, the way back. Gone, as 410 says. */
export function ClosedScreen({ view }: { view: ClosedView }) {
  setStatus(410);
  const { language, parties, closedAt, erasedAt, wayBack } = view;
  const { title, text, way } = closedWords[language][reasonOf(view)];
  return (
    <SigningPage language={language} page="closed" title={title} merchant={parties.merchant}>
      <p className="mt-4 text-lg">{text(parties.merchant, formatInstantForPeople(closedAt, language))}</p>
      <p className="mt-4">{way(parties.merchant)}</p>
      {erasedAt && <p className="mt-4">{erasedWords[language](formatInstantForPeople(erasedAt, language))}</p>}
      <WayBack language={language} merchant={parties.merchant} wayBack={wayBack} />
    </SigningPage>
  );
}

function reasonOf({ status, failureReason }: ClosedView): ClosedReason {
  if (status === 'EXPIRED') return 'expired';
  if (status === 'CANCELLED') return 'cancelled';
  return failureReason ?? 'signer_declined';
}
