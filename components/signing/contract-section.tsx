import type { JourneyWords } from '#lib/copy/journey.ts';
import { Contents } from './contents.tsx';
import { ContractText } from './contract-text.tsx';

type ContractSectionProps = {
  words: JourneyWords['contract'];
  contract: { title: string; language?: string };
  /** Where the exact bytes are, and how large they are in words. */
  download: { href: string; size: string };
};

/** The whole text, which the page keeps, with what helps to read it: title, list of contents, download. The same on every page that shows it. */
export function ContractSection({ words, contract, download }: ContractSectionProps) {
  return (
    <section aria-labelledby="contract-title" className="mt-8">
      <h2 id="contract-title">{words.title}</h2>
      <p className="mt-1 text-ink-soft" translate="no" lang={contract.language}>
        {contract.title}
      </p>
      <p className="mt-3 print:hidden">
        <a href={download.href} download className="inline-flex min-h-11 items-center">
          {words.download(download.size)}
        </a>
      </p>
      <Contents title={words.contents} />
      <div className="mt-4 rounded-lg border border-line bg-surface px-4 py-5 sm:px-8 sm:py-8 print:border-0 print:p-0">
        <ContractText language={contract.language} />
      </div>
      <p className="mt-2 print:hidden">
        <a href="#main" className="inline-flex min-h-11 items-center">
          {words.top}
        </a>
      </p>
    </section>
  );
}
