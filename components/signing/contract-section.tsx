import { Disclosure } from '#components/ui/disclosure.tsx';
import type { JourneyWords } from '#lib/copy/journey.ts';
import type { Heading } from '#lib/domain/contract-outline.ts';
import { ContractText } from './contract-text.tsx';

type ContractSectionProps = {
  words: JourneyWords['contract'];
  contract: { title: string; headings: readonly Heading[]; language?: string };
  /** Where the exact bytes are, and how large they are in words. */
  download: { href: string; size: string };
};

/** The whole text, which the page keeps, with what helps to read it: title, list of contents, download. The same on every page that shows it. */
export function ContractSection({ words, contract, download }: ContractSectionProps) {
  const { headings } = contract;
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
      {headings.length > 0 && <Contents title={words.contents} headings={headings} />}
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

function Contents({ title, headings }: { title: string; headings: readonly Heading[] }) {
  return (
    <Disclosure summary={title} className="mt-3 print:hidden">
      <nav aria-label={title}>
        <ol>
          {headings.map(({ id, label, level }) => (
            <li key={id} className={indents[level]}>
              <a href={`#${id}`} className="inline-flex min-h-11 items-center py-1.5" translate="no">
                {label}
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </Disclosure>
  );
}

const indents = { 2: '', 3: 'pl-4', 4: 'pl-8' } as const satisfies Record<Heading['level'], string>;
