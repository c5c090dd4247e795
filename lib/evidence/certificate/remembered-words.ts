/** A word as pdfkit sets it: glyphs, and for each where it stands, in thousandths of the font's size. */
type Run = { glyphs: readonly object[]; positions: readonly object[]; advanceWidth: number };
/** The two of pdfkit's methods that it shapes words with; its own memory of them ends with the document. */
export type WordShaper = { layoutCached: (word: string) => Run; layoutRun: (word: string) => Run };

/** Some ten megabytes at the most, and far more than the words that the certificates of one merchant share. */
const lettersMax = 100_000;

/** The words of one font. */
export class RememberedWords {
  readonly runs = new Map<string, Run>();
  #letters = 0;

  /** As it is remembered, or shaped now. Counted by letters, because a contract may hold words as long as its lines. */
  run(word: string, shape: (word: string) => Run): Run {
    const known = this.runs.get(word);
    if (known) return known;
    // Forgotten at once and not one by one, because the common ones are back with the next document.
    if (this.#letters + word.length > lettersMax) {
      this.runs.clear();
      this.#letters = 0;
    }
    const run = shape(word);
    this.#letters += word.length;
    this.runs.set(word, run);
    return run;
  }
}

/**
 * Makes the font of one document shape each word once per process and not once per document: nearly all words of a certificate stand in every one
 * of them, and shaping them is half of the work. What is drawn is the same to the byte.
 */
export function rememberWords(font: WordShaper, words: RememberedWords): void {
  const shape = (word: string) => font.layoutRun(word);
  font.layoutCached = (word) => words.run(word, shape);
}
