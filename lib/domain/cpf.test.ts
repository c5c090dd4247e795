import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCpf, maskCpf, parseCpf } from './cpf.ts';

describe('a CPF is read in any usual way of writing it', () => {
  test.each([
    '52998224725',
    '529.982.247-25',
    ' 529 982 247 25 ',
    '529982247-25',
    '529.982.247/25',
    '529.982.247–25',
    '529\u00a0982\u00a0247\u00a025',
    '\u202a529.982.247-25\u202c',
    '529.982.247-25\u200b',
  ])('%j', (typed) => {
    expect(parseCpf(typed)).toEqual({ ok: true, value: '52998224725' });
  });

  test.each(['111.444.777-35', '123.456.789-09', '100.000.002-80', '100.000.006-04', '000.000.001-91'])(
    '%s has right check digits and comes back the same',
    (typed) => {
      const parsed = parseCpf(typed);
      expect(parsed.ok && formatCpf(parsed.value)).toBe(typed);
    },
  );
});

test.each([
  ['', 0],
  ['abc', 0],
  ['529.982.247-2', 10],
  ['529.982.247-255', 12],
  ['529.982.247-2O', 10],
  ['٥٢٩٩٨٢٢٤٧٢٥', 0],
])('%j is refused for its length, and the count of digits is told', (typed, digitCount) => {
  expect(parseCpf(typed)).toEqual({ ok: false, code: 'cpf_length', digitCount });
});

test.each(['529.982.247-24', '529.982.247-15', '925.982.247-25', '529.982.247-25x', '529,982,247-25'])(
  '%s is refused as mistyped',
  (typed) => {
    expect(parseCpf(typed)).toEqual({ ok: false, code: 'cpf_check_digit' });
  },
);

test.each([...'0123456789'])('eleven times %s is refused although its check digits are right', (digit) => {
  expect(parseCpf(digit.repeat(11))).toEqual({ ok: false, code: 'cpf_check_digit' });
});

test('changing any one digit of a valid CPF is noticed', () => {
  fc.assert(
    fc.property(fc.nat(10), fc.integer({ min: 1, max: 9 }), (position, step) => {
      const digits = [...'52998224725'];
      digits[position] = String((Number(digits[position]) + step) % 10);
      expect(parseCpf(digits.join('')).ok).toBe(false);
    }),
  );
});

test('a mask shows the middle six digits and nothing else', () => {
  expect(maskCpf('52998224725')).toBe('***.982.247-**');
});
