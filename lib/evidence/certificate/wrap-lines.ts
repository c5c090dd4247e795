/** The width of a text in the font and size in use. */
export type Measure = (text: string) => number;

/** More than fit into any line on paper, so that nobody measures them to learn it. */
const lineLettersMax = 1_000;

/**
 * Breaks text into lines no wider than `width`. Spaces, leading ones too, stay as they are and hang at a line's end, so that the lines
 * joined are the text but for its line breaks; a word wider than a line is cut. A no-break space is no place to break.
 */
export function wrapLines(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width, measure));
}

function wrapLine(line: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let current = '';
  let currentWidth = 0;
  for (const piece of line.match(/[^\S\u00a0]*[\S\u00a0]+|\s+$/g) ?? []) {
    const pieceWidth = piece.length > lineLettersMax ? Number.POSITIVE_INFINITY : measure(piece);
    if (currentWidth + pieceWidth <= width || piece.trim() === '') {
      current += piece;
      currentWidth += pieceWidth;
      continue;
    }
    const word = piece.trimStart();
    const spaces = piece.slice(0, piece.length - word.length);
    if (current !== '') lines.push(current + spaces);
    const cut = cutWord(current === '' ? piece : word, width, measure);
    lines.push(...cut.slice(0, -1));
    current = cut.at(-1) ?? '';
    currentWidth = measure(current);
  }
  return [...lines, current];
}

/** By the width of each letter alone, and not of ever longer beginnings: the whole of a contract may be one word. */
function cutWord(word: string, width: number, measure: Measure): string[] {
  const parts: string[] = [];
  let part = '';
  let partWidth = 0;
  for (const letter of word) {
    const letterWidth = measure(letter);
    if (part !== '' && partWidth + letterWidth > width) {
      parts.push(part);
      part = '';
      partWidth = 0;
    }
    part += letter;
    partWidth += letterWidth;
  }
  return [...parts, part];
}
