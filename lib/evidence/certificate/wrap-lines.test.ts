import { expect, test } from 'vitest';
import { certificateMoment, momentLine } from './certificate-moment.ts';
import { wrapLines } from './wrap-lines.ts';

/** Every character is one wide. */
const wrapped = (text: string, width: number) => wrapLines(text, width, (piece) => [...piece].length);

test.each([
  ['um contrato de crédito', 11, ['um contrato ', 'de crédito']],
  ['14:04:09\u00a0−03:00 depois', 10, ['14:04:09\u00a0−', '03:00 ', 'depois']],
  ['em 14:04:09\u00a0−03:00', 15, ['em ', '14:04:09\u00a0−03:00']],
  ['\u00a0\u00a0recuo', 20, ['\u00a0\u00a0recuo']],
  ['linha\n\noutra', 20, ['linha', '', 'outra']],
])('%j in %d is %j, and joined it is the text', (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
  expect(lines.join('')).toBe(text.replaceAll('\n', ''));
});

test('a contract that is one word is cut letter by letter, and nothing longer than a line is measured', () => {
  const word = 'x'.repeat(1_048_576);
  let longest = 0;
  const lines = wrapLines(word, 100, (piece) => {
    longest = Math.max(longest, piece.length);
    return piece.length;
  });
  expect(lines).toHaveLength(Math.ceil(word.length / 100));
  expect(lines.join('')).toBe(word);
  expect(longest).toBeLessThanOrEqual(100);
});

test('no line ends between a time and what it is counted from', () => {
  const instant = '2033-06-08T00:00:00.000Z';
  const { local, utc } = certificateMoment(instant, 'pt-BR');
  const line = momentLine(instant, 'pt-BR');
  expect(line.replaceAll('\u00a0', ' ')).toBe(`${local} (${utc})`);
  for (let width = 17; width < line.length; width += 1)
    for (const part of wrapped(line, width)) expect(part).not.toMatch(/^(?:[−+]\d|UTC)/);
});
