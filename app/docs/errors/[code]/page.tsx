import type { Metadata } from 'next';
import { connection } from 'next/server';
import NotFound from '#app/not-found.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { type ErrorCode, errorCatalogue, isErrorCode } from '#lib/domain/error-catalogue.ts';
import { errorGuide } from '#lib/domain/error-guide.ts';
import type { ApiLanguage } from '#lib/domain/field-messages.ts';
import { apiLanguageOf } from '#lib/http/accept-language.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import { portalAddress } from '#lib/http/portal-address.ts';
import { paths } from '#lib/paths.ts';
import { answerExample } from '#lib/schema/examples/answer-example.ts';

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).code} · Aceite API` };
}

/** One error: what it is, when it happens, the way out. `type` of every problem+json leads here. */
export default async function ErrorPage({ params }: Props) {
  await connection();
  const { code } = await params;
  if (!isErrorCode(code)) {
    // Next's own notFound() would leave the page to a script.
    setStatus(404);
    return <NotFound />;
  }
  const language = apiLanguageOf();
  return (
    <PageShell lang={language} skipLabel={words.skip[language]} banner={<Banner language={language} />}>
      <ErrorEntry code={code} language={language} />
    </PageShell>
  );
}

function ErrorEntry({ code, language }: { code: ErrorCode; language: ApiLanguage }) {
  const { status, title, detail } = errorCatalogue[code];
  const { when, fix, example } = errorGuide[code];
  return (
    <article className="space-y-4">
      <h1>{title[language]}</h1>
      <p className="text-ink-soft">
        {status} <code>{code}</code>
      </p>
      <p>{detail[language]}</p>
      <h2>{words.when[language]}</h2>
      <p>{when[language]}</p>
      <h2>{words.fix[language]}</h2>
      <p>{fix[language]}</p>
      {example !== undefined && <CodeBlock text={example} />}
      <h2>{words.answer[language]}</h2>
      <CodeBlock text={answerExample(code, portalAddress(paths.docs()), language)} />
    </article>
  );
}

function Banner({ language }: { language: ApiLanguage }) {
  return (
    <p className="py-4">
      <a href={paths.docs()}>{words.back[language]}</a>
    </p>
  );
}

const words = {
  skip: { 'pt-BR': 'Ir para o erro', en: 'Skip to the error' },
  back: { 'pt-BR': 'Referência da API', en: 'API reference' },
  when: { 'pt-BR': 'Quando acontece', en: 'When it happens' },
  fix: { 'pt-BR': 'O que fazer', en: 'What to do' },
  answer: { 'pt-BR': 'Como vem a resposta', en: 'What the answer looks like' },
} as const;
