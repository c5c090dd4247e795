import { type ApiLanguage, apiLanguages } from '#lib/domain/field-messages.ts';
import { requestStore } from './request-store.ts';

/** A longer header than any browser sends is not read to its end. */
const headerLengthMax = 1_000;

/**
 * The language in which to answer: the highest-ranked one of `Accept-Language` among those `spoken`, by prefix (`pt`, `pt-PT` → pt-BR).
 * Without a wish that we can meet, `fallback`.
 */
export function preferredLanguage<Language extends string>(
  header: string | undefined,
  spoken: readonly Language[],
  fallback: NoInfer<Language>,
): Language {
  const wishes = (header ?? '').slice(0, headerLengthMax).split(',').map(readWish);
  const ranked = wishes.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank);
  for (const { tag } of ranked) {
    const met = spoken.find((language) => primaryOf(language) === primaryOf(tag));
    if (met) return met;
  }
  return fallback;
}

/** The language of the request being answered, for the API: English where the caller has no wish that we can meet. */
export function apiLanguageOf(): ApiLanguage {
  return preferredLanguage(requestStore().headers.acceptLanguage, apiLanguages, 'en');
}

function readWish(text: string): { tag: string; rank: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const rank = quality === undefined ? 1 : Number(quality.slice(2));
  return { tag, rank: Number.isFinite(rank) ? rank : 0 };
}

function primaryOf(tag: string): string {
  return (tag.split('-', 1)[0] ?? '').toLowerCase();
}
