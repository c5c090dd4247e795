import type { StaffLanguage } from '#lib/copy/language.ts';
import type { Rendered } from '#lib/program.ts';
import { barePage, barePagePolicy } from './bare-page.ts';

type SecretPage = {
  language: StaffLanguage;
  title: string;
  what: string;
  /** Letters, digits and `+/=_-` alone: nothing that needs escaping. */
  secret: string;
  /** What else there is to say, below it. */
  besides?: readonly string[];
  back: { path: string; label: string };
};

/**
 * The answer to an act that made a secret: shown here and nowhere else, in no address, cookie or cache. It answers the form itself, because a
 * redirect would need the secret to be kept for it.
 */
export function secretPage({ language, title, what, secret, besides = [], back }: SecretPage): Rendered {
  if (!/^[\w+/=-]+$/.test(secret)) throw new Error('a secret holds what cannot be written into a page');
  const shown = `<code id="secret" translate="no">${secret}</code>`;
  const paragraphs = [what, shown, ...besides, `<a href="${back.path}">${back.label}</a>`];
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': barePagePolicy,
      'Cache-Control': 'no-store',
    },
    bytes: Buffer.from(barePage(language, title, body)),
  };
}
