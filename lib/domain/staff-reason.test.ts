import { expect, test } from 'vitest';
import { parseStaffReason, staffReasonLengthMax } from './staff-reason.ts';

test.each([
  ['Cliente desistiu', 'Cliente desistiu'],
  ['  com folga \r\n', 'com folga'],
  ['primeira linha\r\nsegunda linha', 'primeira linha\nsegunda linha'],
  ['\tcoluna', 'coluna'],
  ['não é “só” ASCII 🙂', 'não é “só” ASCII 🙂'],
  ['x'.repeat(staffReasonLengthMax), 'x'.repeat(staffReasonLengthMax)],
])('keeps %j as %j', (typed, value) => {
  expect(parseStaffReason(typed)).toEqual({ ok: true, value });
});

test.each([
  ['', 'reason_missing'],
  [' \r\n\t ', 'reason_missing'],
  ['x'.repeat(staffReasonLengthMax + 1), 'reason_too_long'],
  ['a\u0000b', 'reason_characters'],
  ['a\u0007b', 'reason_characters'],
  ['a\ud800b', 'reason_characters'],
  ['a\rb', 'reason_characters'],
])('refuses %j as %s', (typed, code) => {
  expect(parseStaffReason(typed)).toEqual({ ok: false, code });
});

test('counts a line end that a browser sends as two characters as the one that its form counted', () => {
  const lines = Array.from({ length: staffReasonLengthMax / 2 }, () => 'x').join('\r\n');
  expect(parseStaffReason(lines).ok).toBe(true);
});
