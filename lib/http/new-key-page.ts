import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import { paths } from '#lib/paths.ts';
import type { Rendered } from '#lib/program.ts';
import { staffLanguage } from './page-language.ts';
import { secretPage } from './secret-page.ts';

type NewKey = {
  apiKey: string;
  /** When the old key ends, in words. */
  oldEnd?: string;
};

/** The one page that shows a key; the form, sent again, makes no second one. */
export function newKeyPage({ apiKey, oldEnd }: NewKey): Rendered {
  const language = staffLanguage();
  const { made } = keysCopy[language];
  return secretPage({
    language,
    title: made.title,
    what: made.text,
    secret: apiKey,
    besides: [made.once, ...(oldEnd === undefined ? [] : [`${made.old} ${oldEnd}.`])],
    back: { path: paths.dashboardKeys(), label: made.back },
  });
}
