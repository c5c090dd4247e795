import type { Segment } from '#lib/domain/contract-outline.ts';
import { contractTextId } from './display-check.ts';

export type ContractProps = {
  displayText: string;
  segments: readonly Segment[];
  /** BCP 47, of the text itself; absent means that of the page. */
  language?: string;
};

/**
 * The contract, character for character: the element's `textContent` is `displayText`. It holds nothing but consecutive spans, cut at
 * line starts, one text each; no mark, no counter, no generated content. The browser's display check reads this very element.
 */
export function ContractText({ displayText, segments, language }: ContractProps) {
  return (
    <div
      id={contractTextId}
      translate="no"
      lang={language}
      className="notranslate whitespace-pre-wrap font-reading text-[1.0625rem] leading-[1.7] [overflow-wrap:anywhere]"
    >
      {segments.map((segment) => (
        <Span key={segment.start} segment={segment} text={displayText.slice(segment.start, segment.end)} />
      ))}
    </div>
  );
}

/** Altered text must stay for the check to see it, so React is told not to put it right when it takes over the page. */
function Span({ segment: { heading }, text }: { segment: Segment; text: string }) {
  if (!heading) return <span suppressHydrationWarning>{text}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: only spans cut at line starts may stand inside the text.
    <span suppressHydrationWarning id={heading.id} role="heading" aria-level={heading.level} className="font-semibold">
      {text}
    </span>
  );
}
