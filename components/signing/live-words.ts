import type { SummaryTitles } from '#components/form/show-errors.ts';
import { fieldErrorTemplates } from '#lib/copy/field-errors.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';

/** The server's own words, sent along as data: the browser says the same and ships no language runtime. */
export type LiveWords = {
  /** By error code, counts in braces. */
  errors: Record<string, string>;
  summary: SummaryTitles;
};

/** The words that a form with so many inputs can need; `stems` are the beginnings of its error codes. */
export function liveWords(language: CopyLanguage, stems: readonly string[], inputs: number): LiveWords {
  const { errorSummary, errorPrefix } = journeyWords[language];
  return {
    errors: fieldErrorTemplates(language, stems),
    summary: { byCount: Array.from({ length: inputs }, (_, index) => errorSummary(index + 1)), prefix: errorPrefix },
  };
}
