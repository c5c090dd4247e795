import type { Heading } from '#lib/domain/contract-outline.ts';
import { contractTextId } from './display-check.ts';

/** The list of contents, whose lines lead to the headings. */
export const contentsId = 'contract-contents';

/** A piece of the text, `start` in UTF-16 units; headings with the id that the list of contents leads to. */
export type KeptSegment = { start: number; text: string; heading?: KeptHeading };
type KeptHeading = Pick<Heading, 'id' | 'label'> & { level: number };

/** Filled by the server's process (`lib/http/kept-contract.ts`); components know no server. */
const reader = Symbol.for('aceite.kept-contract');

/**
 * The contract's text where it already is: on the server what the page keeps for this one rendering, in the browser what stands on the
 * page. As a property of a component it would travel twice, as HTML and as data.
 */
export function keptSegments(): readonly KeptSegment[] {
  return typeof document === 'undefined' ? segmentsOnServer() : segmentsOnPage();
}

/** The headings of the same text; in the browser as the list of contents has them, which nobody checks and nothing hangs on. */
export function keptHeadings(): readonly KeptHeading[] {
  if (typeof document === 'undefined') return segmentsOnServer().flatMap(({ heading }) => heading ?? []);
  const lines = document.getElementById(contentsId)?.children ?? [];
  return [...lines].map((line) => ({
    id: line.firstElementChild?.getAttribute('href')?.slice(1) ?? '',
    label: line.textContent ?? '',
    level: Number(line.getAttribute('data-level')),
  }));
}

function segmentsOnServer(): readonly KeptSegment[] {
  const { [reader]: read } = globalThis as { [reader]?: () => readonly KeptSegment[] };
  if (!read) throw new Error('no page has kept a contract');
  return read();
}

function segmentsOnPage(): KeptSegment[] {
  let start = 0;
  return [...(document.getElementById(contractTextId)?.children ?? [])].map((span) => {
    const text = span.textContent ?? '';
    const level = span.getAttribute('aria-level');
    const heading = level !== null && { id: span.id, label: text.trim(), level: Number(level) };
    const segment = { start, text, ...(heading && { heading }) };
    start += text.length;
    return segment;
  });
}
