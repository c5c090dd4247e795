import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReceiptCode, receiptCodeFromBytes, receiptCodeRandomBytes } from './receipt-code.ts';

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const anyCode = fc
  .uint8Array({ minLength: receiptCodeRandomBytes, maxLength: receiptCodeRandomBytes })
  .filter((bytes) => bytes.filter((byte) => byte < 240).length >= 66)
  .map(receiptCodeFromBytes);

test('a code has three groups of four characters that cannot be mistaken for each other', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      expect(code).toMatch(/^(?:[2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$/);
      expect(parseReceiptCode(code)).toEqual({ ok: true, value: code });
    }),
  );
});

test('every single wrong character is noticed', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      for (const [position, right] of [...code].entries()) {
        if (right === '-') continue;
        for (const wrong of alphabet) {
          const mistyped = code.slice(0, position) + wrong + code.slice(position + 1);
          expect(parseReceiptCode(mistyped).ok).toBe(wrong === right);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('any two different characters exchanged are noticed, neighbours or not', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      const plain = code.replaceAll('-', '');
      for (let first = 0; first < plain.length; first++) {
        for (let second = first + 1; second < plain.length; second++) {
          const characters = [...plain];
          [characters[first], characters[second]] = [plain[second] ?? '', plain[first] ?? ''];
          expect(parseReceiptCode(characters.join('')).ok).toBe(plain[first] === plain[second]);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('each character is drawn equally often from all bytes', () => {
  const firsts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    // Ten zeros after it; a byte that is skipped leaves too few for the first draw and shows nothing of itself.
    const bytes = Uint8Array.from([byte, ...new Array(10).fill(0)]);
    try {
      const first = receiptCodeFromBytes(bytes).charAt(0);
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
  expect(new Set(firsts.values())).toEqual(new Set([8]));
  expect(firsts.size).toBeGreaterThanOrEqual(29);
});

test('a draw whose check value the alphabet lacks is thrown away whole', () => {
  // One character of value 16 at weight 2 gives 32, so the check value would be 30.
  const lacking = [16, ...new Array(10).fill(0)];
  const next = Array.from({ length: 11 }, (_, index) => index);
  expect(receiptCodeFromBytes(Uint8Array.from([...lacking, ...next]))).toBe(
    receiptCodeFromBytes(Uint8Array.from(next)),
  );
  expect(() => receiptCodeFromBytes(Uint8Array.from(lacking))).toThrow(RangeError);
});

test('too few bytes are a fault of the caller', () => {
  expect(() => receiptCodeFromBytes(new Uint8Array(10))).toThrow(RangeError);
  expect(() => receiptCodeFromBytes(new Uint8Array(200).fill(255))).toThrow(RangeError);
});

describe('a code is read as people type it', () => {
  const code = receiptCodeFromBytes(Uint8Array.from({ length: 128 }, (_, index) => (index * 37) % 240));
  const plain = code.replaceAll('-', '');

  test.each([
    code.toLowerCase(),
    plain,
    plain.toLowerCase(),
    ` ${code} `,
    code.replaceAll('-', ' '),
    code.replaceAll('-', '–'),
    plain.split('').join(' '),
    `\u200b${code}`,
  ])('%j', (typed) => {
    expect(parseReceiptCode(typed)).toEqual({ ok: true, value: code });
  });

  test.each([
    ['', 'receipt_code_length'],
    [code.slice(0, -1), 'receipt_code_length'],
    [`${code}2`, 'receipt_code_length'],
    [`0${code.slice(1)}`, 'receipt_code_character'],
    [`O${code.slice(1)}`, 'receipt_code_character'],
    [`l${code.slice(1)}`, 'receipt_code_character'],
    [`U${code.slice(1)}`, 'receipt_code_character'],
    [`ſ${code.slice(1)}`, 'receipt_code_character'],
    [`/${code.slice(1)}`, 'receipt_code_character'],
  ])('but %j is %s', (typed, refusal) => {
    expect(parseReceiptCode(typed)).toEqual({ ok: false, code: refusal });
  });
});
