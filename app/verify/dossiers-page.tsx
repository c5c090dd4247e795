import type { ReactNode } from 'react';
import { RefusedPage } from '#components/signing/refused-page.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import { verifyWords } from '#lib/copy/verify-page.ts';
import { verifyReceiptWords } from '#lib/copy/verify-receipt.ts';
import { answerOrAway, setRateLimited } from '#lib/http/page-answer.ts';
import { pageLanguage } from '#lib/http/page-language.ts';
import { limitAddress } from '#lib/http/rate-limit.ts';
import { refusalWords } from '#lib/http/refusal-words.ts';
import { trustFile } from '#lib/usecases/system/trust-file.ts';
import { DossierCheck } from './dossier-check.tsx';
import { ReceiptSearch } from './receipt-search.tsx';

/**
 * The file stays in the browser; only what this installation says of its keys is sent, to whoever asks. Called by the page and no component
 * of its own, so that the status is set before the page returns.
 */
export async function dossiersPage(): Promise<ReactNode> {
  const language = pageLanguage();
  const read = await answerOrAway(async (program) => {
    const { isLet, headers } = await limitAddress(program, 'verify');
    return isLet ? { trust: await trustFile(program) } : { headers };
  });
  if (read.isAway) return <RefusedPage language={language} words={refusalWords[language].temporarily_unavailable} />;
  if ('headers' in read.answer) {
    setRateLimited(read.answer.headers);
    return <RefusedPage language={language} words={refusalWords[language].rate_limited} />;
  }
  const words = verifyWords[language];
  const { whom } = words;
  return (
    <PageShell lang={language} title={words.title} skipLabel={journeyWords[language].skipToContent}>
      <h1>{words.title}</h1>
      <p className="mt-4 text-lg">{words.lead}</p>
      <DossierCheck words={words} trust={JSON.stringify(read.answer.trust)} />
      <h2 className="mt-10">{verifyReceiptWords[language].title}</h2>
      <ReceiptSearch words={verifyReceiptWords[language].ask} />
      <h2 className="mt-10">{whom.title}</h2>
      <p className="mt-2">{whom.text}</p>
      <p className="mt-4">{whom.offline}</p>
      <Command says={whom.withPython} line="python3 verify.py dossier.zip --trust trust.json" />
      <Command says={whom.withAceite} line="npm run aceite -- verify dossier.zip --trust trust.json" />
    </PageShell>
  );
}

function Command({ says, line }: { says: string; line: string }) {
  return (
    <div className="mt-3">
      <p className="text-ink-soft">{says}</p>
      <p translate="no" className="mt-1 rounded-lg bg-sunken px-4 py-2.5 font-mono text-sm [overflow-wrap:anywhere]">
        {line}
      </p>
    </div>
  );
}
