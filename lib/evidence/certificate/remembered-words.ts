/** A word as pdfkit sets it: glyphs, and for each where it stands, in thousandths of the font's size. */
type Run = { glyphs: readonly object[]; positions: readonly object[]; advanceWidth: number };
/** The two of pdfkit's methods that it shapes words with; its own memory of them ends with the document. */
export type WordShaper = { layoutCached: (word: string) => Run; layoutRun: (word: string) => Run };

/** Some megabytes at the most, and far more words than the certificates of one merchant share. */
const wordsMax = 10_000;

/** The words of one font. */
export type RememberedWords = Map<string, Run>;

/**
 * Makes the font of one document shape each word once per process and not once per document: nearly all words of a certificate stand in every one
 * of them, and shaping them is half of the work. What is drawn is the same to the byte.
 */
export function rememberWords(font: WordShaper, known: RememberedWords): void {
  font.layoutCached = (word) => known.get(word) ?? remembered(known, word, font.layoutRun(word));
}

function remembered(known: RememberedWords, word: string, run: Run): Run {
  // Forgotten at once and not one by one, because the common ones are back with the next document.
  if (known.size >= wordsMax) known.clear();
  known.set(word, run);
  return run;
}
