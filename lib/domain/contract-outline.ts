import { headingRank } from './heading-line.ts';

/** The page lists them all; a text that needs more is better searched than listed. */
export const headingsMax = 200;

export type HeadingLevel = 2 | 3 | 4;
export type Heading = { level: HeadingLevel; id: string; label: string };
/** UTF-16 indices into the display text, `end` exclusive; always cut at line starts. */
export type Segment = { start: number; end: number; heading?: Heading };

/**
 * Cuts a contract's display text (LF only) into consecutive segments, those of headings one line each, so that a screen reader and
 * the list of contents find them while the text stays what it is: the segments joined are the text, character for character.
 * Levels begin at 2 (the page's title is 1) and never skip one going down. Without headings there is one segment.
 */
export function outlineContract(displayText: string): Segment[] {
  const segments: Segment[] = [];
  let bodyStart = 0;
  for (const { start, end, heading } of headingsOf(displayText)) {
    if (start > bodyStart) segments.push({ start: bodyStart, end: start });
    segments.push({ start, end, heading });
    bodyStart = end;
  }
  if (bodyStart < displayText.length || segments.length === 0) {
    segments.push({ start: bodyStart, end: displayText.length });
  }
  return segments;
}

function headingsOf(text: string): Required<Segment>[] {
  const headings: Required<Segment>[] = [];
  // The ranks of the headings that the present line stands under, outermost first.
  const above: number[] = [];
  const lines = text.split('\n');
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const end = Math.min(start + line.length + 1, text.length);
    const rank = headingRank(line, lines[index - 1] ?? '', lines[index + 1] ?? '');
    if (rank !== undefined) {
      while ((above.at(-1) ?? 0) >= rank) above.pop();
      above.push(rank);
      const id = `contract-heading-${headings.length + 1}`;
      headings.push({ start, end, heading: { level: levelOf(above.length), id, label: labelOf(line) } });
    }
    if (headings.length === headingsMax) break;
    start = end;
  }
  return headings;
}

function levelOf(depth: number): HeadingLevel {
  return depth === 1 ? 2 : depth === 2 ? 3 : 4;
}

function labelOf(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}
