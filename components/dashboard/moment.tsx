import type { CopyLanguage } from '#lib/copy/language.ts';
import { formatInstantWithOffset } from '#lib/format/instant.ts';

/** An instant with seconds and offset; the page names its zone once, at the top. */
export function Moment({ at, language }: { at: string; language: CopyLanguage }) {
  return (
    <time dateTime={at} className="tabular-nums">
      {formatInstantWithOffset(new Date(at), language)}
    </time>
  );
}
