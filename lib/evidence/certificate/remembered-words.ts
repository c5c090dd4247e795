/** What pdfkit asks of a parsed font: glyphs, and for each where it stands. */
type Run = { glyphs: readonly object[]; positions: readonly object[] };
type Shape = (text: string, features?: unknown) => Run;

/** Some megabytes at the most, and far more words than the certificates of one merchant share. */
const wordsMax = 10_000;

/**
 * The same font, shaping each word once per process where pdfkit would shape it once per document: nearly all words of a certificate stand in
 * every one of them, and shaping them is half of the work. What is drawn is the same to the byte.
 */
export function rememberingWords<Font extends { layout: Shape }>(font: Font): Font {
  const shape = font.layout.bind(font);
  const known = new Map<string, Run>();
  font.layout = (text, features) => {
    if (features !== undefined) return shape(text, features);
    const run = known.get(text) ?? shape(text);
    // Forgotten at once and not one by one, because the common ones are back with the next document.
    if (known.size >= wordsMax) known.clear();
    known.set(text, run);
    return copyOf(run);
  };
  return font;
}

/** pdfkit scales the positions that it is given, in place. */
function copyOf(run: Run): Run {
  const copy: Run = Object.create(Object.getPrototypeOf(run));
  return Object.assign(copy, run, { positions: run.positions.map((position) => ({ ...position })) });
}
