'use client';

import { Button } from '#components/ui/button.tsx';
import { Document } from '#components/ui/document.tsx';
import { failureWords } from '#lib/copy/failure.ts';
import { type CopyLanguage, copyLanguages } from '#lib/copy/language.ts';
import './globals.css';

/**
 * In place of any page that failed. The root layout only passes through, so there is no inner error page: it would be a second copy of
 * these bytes, which travel with every page. A failure says itself in every language, because nobody could find out which one is right.
 */
export default function FailurePage() {
  return (
    <Document lang={copyLanguages[0]} title={failureWords[copyLanguages[0]].title}>
      <main className="mx-auto w-full max-w-[44rem] space-y-10 px-4 py-10 sm:px-6">
        {copyLanguages.map((language) => (
          <Said key={language} language={language} />
        ))}
      </main>
    </Document>
  );
}

function Said({ language }: { language: CopyLanguage }) {
  const { title, text, again } = failureWords[language];
  const Heading = language === copyLanguages[0] ? 'h1' : 'h2';
  return (
    <div lang={language}>
      <Heading>{title}</Heading>
      <p className="mt-3">{text}</p>
      <p className="mt-4">
        <Button type="button" kind="secondary" onClick={() => location.reload()}>
          {again}
        </Button>
      </p>
    </div>
  );
}
