import type { StaffLanguage } from '#lib/copy/language.ts';
import { formatInstantWithOffset } from '#lib/format/instant.ts';

/** An instant with seconds and offset; the page names its zone once, at the top. */
export function Moment({ at, language }: { at: string; language: StaffLanguage }) {
  return (
    <time dateTime={at} className="tabular-nums">
      {formatInstantWithOffset(new Date(at), language)}
    </time>
  );
}
