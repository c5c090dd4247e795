import { describe, expect, test } from 'vitest';
import { sampleCertificate } from '#lib/testing/sample-certificates.ts';
import { pdfFonts } from './pdf-fonts.ts';
import { type RememberedWords, rememberWords, type WordShaper } from './remembered-words.ts';

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
    const known: RememberedWords = new Map();
    const [first, second] = [countingFont(known), countingFont(known)];
    expect(first.layoutCached('valor ').advanceWidth).toBe(6);
    expect(second.layoutCached('valor ').advanceWidth).toBe(6);
    expect(second.layoutCached('data').advanceWidth).toBe(4);
    expect([first.shaped, second.shaped]).toEqual([['valor '], ['data']]);
  });

  test('are no more than ten thousand in memory', () => {
    const known: RememberedWords = new Map();
    const font = countingFont(known);
    for (let word = 0; word <= 10_000; word += 1) font.layoutCached(String(word));
    expect(known.size).toBe(1);
  });

  test('are what pdfkit asks for: a second certificate shapes none anew', async () => {
    await sampleCertificate('pt-BR', 'court');
    const { words } = pdfFonts();
    const before = [words.body.size, words.bold.size, words.mono.size];
    expect(Math.min(...before)).toBeGreaterThan(0);
    const runs = new Map(words.body);
    await sampleCertificate('pt-BR', 'court');
    expect([words.body.size, words.bold.size, words.mono.size]).toEqual(before);
    for (const [word, run] of runs) expect(words.body.get(word)).toBe(run);
  });
});
