import { contractTextId } from './display-check.ts';

/** A piece of the text, `start` in UTF-16 units; headings with the id that the list of contents leads to. */
export type KeptSegment = { start: number; text: string; heading?: { id: string; level: number } };

/** Filled by the server's process (`lib/http/kept-contract.ts`); components know no server. */
const reader = Symbol.for('aceite.kept-contract');

/**
 * The contract's text where it already is: on the server what the page keeps for this one rendering, in the browser what stands on the
 * page. As a property of a component it would travel twice, as HTML and as data.
 */
export function keptSegments(): readonly KeptSegment[] {
  if (typeof document !== 'undefined') return segmentsOnPage();
  const { [reader]: read } = globalThis as { [reader]?: () => readonly KeptSegment[] };
  if (!read) throw new Error('no page has kept a contract');
  return read();
}

function segmentsOnPage(): KeptSegment[] {
  let start = 0;
  return [...(document.getElementById(contractTextId)?.children ?? [])].map((span) => {
    const text = span.textContent ?? '';
    const level = span.getAttribute('aria-level');
    const segment = { start, text, ...(level !== null && { heading: { id: span.id, level: Number(level) } }) };
    start += text.length;
    return segment;
  });
}
