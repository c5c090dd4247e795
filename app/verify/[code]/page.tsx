import { RefusedPage } from '#components/signing/refused-page.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { SummaryList } from '#components/ui/summary-list.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import { type CopyLanguage, fill } from '#lib/copy/language.ts';
import { leafOfTree } from '#lib/copy/leaf-of-tree.ts';
import { type VerifyReceiptWords, verifyReceiptWords } from '#lib/copy/verify-receipt.ts';
import { groupHash } from '#lib/format/hash.ts';
import { formatInstantForReceipt } from '#lib/format/instant.ts';
import { answerOrAway, setNoStore, setRateLimited, setStatus } from '#lib/http/page-answer.ts';
import { pageLanguage } from '#lib/http/page-language.ts';
import { limitAddress } from '#lib/http/rate-limit.ts';
import { refusalWords } from '#lib/http/refusal-words.ts';
import { paths } from '#lib/paths.ts';
import { type CheckedReceipt, checkReceipt } from '#lib/usecases/signer/check-receipt.ts';
import { ReceiptSearch } from '../receipt-search.tsx';

type ReceiptPageProps = { params: Promise<{ code: string }> };

/** Where the code of a receipt and the picture on a certificate lead: whether they are true, and nothing personal. */
export default async function ReceiptPage({ params }: ReceiptPageProps) {
  const { code } = await params;
  setNoStore();
  const language = pageLanguage();
  const read = await answerOrAway(async (program) => {
    const { isLet, headers } = await limitAddress(program, 'verify');
    return isLet ? { receipt: await checkReceipt(program, code) } : { headers };
  });
  if (read.isAway) return <RefusedPage language={language} words={refusalWords[language].temporarily_unavailable} />;
  if ('headers' in read.answer) {
    setRateLimited(read.answer.headers);
    return <RefusedPage language={language} words={refusalWords[language].rate_limited} />;
  }
  const words = verifyReceiptWords[language];
  const { receipt } = read.answer;
  if (!receipt) setStatus(404);
  const { title, text } = receipt ? words.found[receipt.state] : words.notFound;
  return (
    <PageShell lang={language} title={words.title} skipLabel={journeyWords[language].skipToContent}>
      <h1>{words.title}</h1>
      <Notice tone={receipt ? 'success' : 'warning'} className="mt-5">
        <p className="font-semibold">{title}</p>
        <p className="mt-1">{text}</p>
      </Notice>
      {receipt ? (
        <SummaryList rows={rowsOf(receipt, words, language)} className="mt-5" />
      ) : (
        <ReceiptSearch words={words.ask} />
      )}
      <p className="mt-8">{words.whole}</p>
      <p className="mt-2">
        <a href={paths.verify()} className="inline-flex min-h-11 items-center font-semibold">
          {words.wholeLink}
        </a>
      </p>
    </PageShell>
  );
}

function rowsOf(receipt: CheckedReceipt, words: VerifyReceiptWords, language: CopyLanguage) {
  const moment = (at: Date) => <time dateTime={at.toISOString()}>{formatInstantForReceipt(at, language)}</time>;
  const { proof } = receipt;
  return [
    { key: 'code', label: words.code, value: <Mono text={receipt.receiptCode} /> },
    { key: 'accepted-at', label: words.acceptedAt, value: moment(receipt.acceptedAt) },
    { key: 'hash', label: words.contractHash, value: <Mono text={groupHash(receipt.contractSha256)} /> },
    ...(proof
      ? [
          { key: 'log', label: words.log, value: <Mono text={proof.logOrigin} /> },
          {
            key: 'leaf',
            label: words.leaf,
            value: fill(leafOfTree[language], { index: proof.leafIndex, size: proof.treeSize }),
          },
          { key: 'root', label: words.root, value: <Mono text={groupHash(proof.rootHex)} /> },
          { key: 'checkpoint', label: words.checkpointAt, value: moment(new Date(proof.checkpointAt)) },
          ...proof.timeStamps.map(({ authority, at }) => ({
            key: `stamp-${authority}`,
            label: `${words.timeStamp} (${authority})`,
            value: moment(new Date(at)),
          })),
        ]
      : []),
  ];
}

function Mono({ text }: { text: string }) {
  return (
    <span translate="no" className="font-mono font-normal text-[0.9375rem] [overflow-wrap:anywhere]">
      {text}
    </span>
  );
}
