import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import { paths } from '#lib/paths.ts';
import type { Rendered } from '#lib/program.ts';
import { barePage, barePagePolicy } from './bare-page.ts';
import { staffLanguage } from './page-language.ts';

/**
 * The one page that shows a key. It answers the form itself, because a redirect would need the key to be kept for it; sent again, the form
 * makes no second key. A key is Base64URL behind its prefix, so nothing needs escaping.
 */
export function newKeyPage({
  apiKey,
  oldEnd,
}: {
  apiKey: string /** When the old key ends, in words. */;
  oldEnd?: string;
}): Rendered {
  const language = staffLanguage();
  const { made } = keysCopy[language];
  const old = oldEnd === undefined ? '' : `<p>${made.old} ${oldEnd}.</p>`;
  const back = `<p><a href="${paths.dashboardKeys()}">${made.back}</a></p>`;
  const body = `<p>${made.text}</p><p><code translate="no">${apiKey}</code></p><p>${made.once}</p>${old}${back}`;
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': barePagePolicy,
      'Cache-Control': 'no-store',
    },
    bytes: Buffer.from(barePage(language, made.title, body)),
  };
}
