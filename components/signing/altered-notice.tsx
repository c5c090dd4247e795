import { ButtonLink } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { ReviewWords } from '#lib/copy/review-page.ts';

type AlteredNoticeProps = {
  words: ReviewWords['altered'];
  /** Where the exact bytes are, and the address of the page itself, to be fetched anew. */
  original: string;
  page: string;
};

/** Says why the act is held back, and where the untouched text is. */
export function AlteredNotice({ words, original, page }: AlteredNoticeProps) {
  return (
    <Notice tone="danger" title={words.title}>
      <p>{words.text}</p>
      <p className="mt-3 flex flex-wrap gap-3">
        <ButtonLink kind="secondary" href={original} download>
          {words.original}
        </ButtonLink>
        <ButtonLink kind="secondary" href={page}>
          {words.reload}
        </ButtonLink>
      </p>
    </Notice>
  );
}
