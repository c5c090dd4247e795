import { Choice } from '#components/ui/choice.tsx';
import { noticeFor } from '#lib/copy/consents.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { reviewWords } from '#lib/copy/review-page.ts';

type Box = { box: string; text: string; error: string | undefined };

/** One unticked box per promise, in the very words that are recorded, and beside them what is recorded. */
export function Declarations({ language, boxes }: { language: CopyLanguage; boxes: readonly Box[] }) {
  const words = reviewWords[language];
  return (
    <div className="space-y-4">
      {boxes.map(({ box, text, error }) => (
        <Choice key={box} id={box} value="yes" label={text} error={error} autoComplete="off" />
      ))}
      <div>
        <h3 className="font-semibold">{words.recordedTitle}</h3>
        <p className="mt-1">{noticeFor(language).text}</p>
      </div>
      <noscript>
        <p className="text-ink-soft">{words.withoutScript}</p>
      </noscript>
    </div>
  );
}
