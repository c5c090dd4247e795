import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const at = new Date('2026-11-22T18:00:00.900Z');

test.each<[string, string | undefined, number | undefined]>([
  ['no header', undefined, undefined],
  ['nothing', '', undefined],
  ['seconds', '120', 120_000],
  ['no seconds', '0', 0],
  ['blanks around', ' \t120 ', 120_000],
  ['more seconds than there are', '9'.repeat(400), 2 ** 31 * 1000],
  ['a negative number', '-1', undefined],
  ['a fraction', '1.5', undefined],
  ['a sign', '+5', undefined],
  ['two values', '120, 60', undefined],
  ['digits of another script', '١٢', undefined],
  ['a word', 'soon', undefined],
  ['IMF-fixdate', 'Sun, 22 Nov 2026 18:02:00 GMT', 119_100],
  ['IMF-fixdate of a moment that has passed', 'Sun, 22 Nov 2026 17:00:00 GMT', 0],
  ['a leap second', 'Sun, 22 Nov 2026 18:01:60 GMT', 119_100],
  ['RFC 850', 'Sunday, 22-Nov-26 18:02:00 GMT', 119_100],
  ['RFC 850, fifty years ahead', 'Sunday, 22-Nov-76 18:00:00 GMT', Date.UTC(2076, 10, 22, 18) - at.getTime()],
  ['RFC 850, more than fifty years ahead', 'Monday, 22-Nov-76 18:00:01 GMT', 0],
  ['RFC 850, of the century before', 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['asctime', 'Sun Nov 22 18:02:00 2026', 119_100],
  ['asctime, a day of one digit', 'Tue Dec  1 18:00:00 2026', 9 * 86_400_000 - 900],
  ['asctime, a day of one digit without its blank', 'Tue Dec 1 18:00:00 2026', undefined],
  ['the leap day of a leap year', 'Tue, 29 Feb 2028 00:00:00 GMT', Date.UTC(2028, 1, 29) - at.getTime()],
  ['the leap day of another', 'Mon, 29 Feb 2027 00:00:00 GMT', undefined],
  ['no such day', 'Sun, 31 Nov 2026 18:02:00 GMT', undefined],
  ['no such hour', 'Sun, 22 Nov 2026 24:00:00 GMT', undefined],
  ['no such month', 'Sun, 22 nov 2026 18:02:00 GMT', undefined],
  ['another zone', 'Sun, 22 Nov 2026 18:02:00 +0000', undefined],
  ['no zone', 'Sun, 22 Nov 2026 18:02:00', undefined],
  ['a date of another kind', '2026-11-22T18:02:00Z', undefined],
  ['a number with a unit', '120s', undefined],
])('Retry-After with %s', (_, header, wait) => {
  expect(retryAfterMs(header, at)).toBe(wait);
});
