import { ContractSection } from '#components/signing/contract-section.tsx';
import { Parties, Summary } from '#components/signing/terms.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import { formatByteSize } from '#lib/format/byte-size.ts';
import { keepContract } from '#lib/http/kept-contract.ts';
import { paths } from '#lib/paths.ts';
import type { JourneyView } from '#lib/usecases/signer/journey-view.ts';

/** What is offered, the same on the page that reads and on the page that signs: parties, summary, the whole text. */
export function OfferedContract({ view }: { view: JourneyView }) {
  const { sessionId, language, parties, contract } = view;
  const words = journeyWords[language];
  keepContract(contract);
  return (
    <>
      <Parties language={language} words={words.parties} parties={parties} validUntil={view.expiresAt} />
      <Summary words={words.summary} merchant={parties.merchant} rows={view.summary} />
      <ContractSection
        words={words.contract}
        contract={contract}
        download={{ href: paths.contractText(sessionId), size: formatByteSize(contract.byteLength, language) }}
      />
    </>
  );
}
