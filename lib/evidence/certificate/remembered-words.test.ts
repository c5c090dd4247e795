import { describe, expect, test } from 'vitest';
import { sampleCertificate } from '#lib/testing/sample-certificates.ts';
import { pdfFonts } from './pdf-fonts.ts';
import { RememberedWords, rememberWords, type WordShaper } from './remembered-words.ts';

/** A font of a document of its own that counts what it had to shape. */
function countingFont(known: RememberedWords): WordShaper & { shaped: string[] } {
  const shaped: string[] = [];
  const font = {
    shaped,
    layoutCached: () => ({ glyphs: [], positions: [], advanceWidth: -1 }),
    layoutRun: (word: string) => {
      shaped.push(word);
      return { glyphs: [], positions: [], advanceWidth: word.length };
    },
  };
  rememberWords(font, known);
  return font;
}

describe('words of certificates', () => {
  test('are shaped once for all documents, each by itself', () => {
    const known = new RememberedWords();
    const [first, second] = [countingFont(known), countingFont(known)];
    expect(first.layoutCached('valor ').advanceWidth).toBe(6);
    expect(second.layoutCached('valor ').advanceWidth).toBe(6);
    expect(second.layoutCached('data').advanceWidth).toBe(4);
    expect([first.shaped, second.shaped]).toEqual([['valor '], ['data']]);
  });

  test('are no more than a hundred thousand letters in memory, however long each is', () => {
    const known = new RememberedWords();
    const font = countingFont(known);
    for (let line = 0; line < 1_001; line += 1) font.layoutCached(String(line).padStart(100, 'x'));
    expect(known.runs.size).toBe(1);
  });

  test('are what pdfkit asks for: a second certificate shapes none anew', async () => {
    await sampleCertificate('pt-BR', 'court');
    const { words } = pdfFonts();
    const before = Object.values(words).map(({ runs }) => [...runs]);
    expect(Math.min(...before.map(({ length }) => length))).toBeGreaterThan(0);
    await sampleCertificate('pt-BR', 'court');
    for (const [font, { runs }] of Object.values(words).entries()) {
      expect(runs.size).toBe(before[font]?.length);
      for (const [word, run] of before[font] ?? []) expect(runs.get(word)).toBe(run);
    }
  });
});
