'use client';

import { contractTextId } from './display-check.ts';
import { type KeptSegment, keptSegments } from './kept-contract.ts';

/**
 * The contract, character for character: the element's `textContent` is the display text. It holds nothing but consecutive spans, cut at
 * line starts, one text each; no mark, no counter, no generated content. The browser's display check reads this very element.
 * `language` is BCP 47, of the text itself; absent means that of the page.
 */
export function ContractText({ language }: { language: string | undefined }) {
  return (
    <div
      id={contractTextId}
      translate="no"
      lang={language}
      className="notranslate whitespace-pre-wrap font-reading text-[1.0625rem] leading-[1.7] [&_[role=heading]]:font-semibold [overflow-wrap:anywhere]"
    >
      {keptSegments().map((segment) => (
        <Span key={segment.start} segment={segment} />
      ))}
    </div>
  );
}

/** Altered text must stay for the check to see it, so React is told not to put it right when it takes over the page. */
function Span({ segment: { text, heading } }: { segment: KeptSegment }) {
  if (!heading) return <span suppressHydrationWarning>{text}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: only spans cut at line starts may stand inside the text.
    <span suppressHydrationWarning id={heading.id} role="heading" aria-level={heading.level}>
      {text}
    </span>
  );
}
