import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  brasiliaZone,
  formatInstantForPeople,
  formatInstantForReceipt,
  formatInstantUtc,
  formatInstantWithOffset,
  formatLenderTimestamp,
} from './instant.ts';

const instant = new Date('2026-11-20T17:04:09.512Z');
const lateEvening = new Date('2026-12-31T23:59:59.999Z');
const beforeDawn = new Date('2027-01-01T01:30:00.000Z');

describe.each(['UTC', 'America/Manaus', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
  'on a host that runs in %s',
  (hostZone) => {
    beforeAll(() => {
      vi.stubEnv('TZ', hostZone);
    });
    afterAll(() => {
      vi.unstubAllEnvs();
    });

    test('the host really runs there', () => {
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toMatch(
        hostZone === 'Asia/Kolkata' ? /Kolkata|Calcutta/ : hostZone,
      );
    });

    test.each([
      ['pt-BR', brasiliaZone, '20/11/2026 às 14:04 (horário de Brasília)'],
      ['en', brasiliaZone, '20 Nov 2026, 14:04 (Brasília time, UTC−3)'],
      ['pt-BR', 'America/Manaus', '20/11/2026 às 13:04 (horário de Manaus, UTC−4)'],
      ['en', 'Asia/Kolkata', '20 Nov 2026, 22:34 (Asia/Kolkata, UTC+5:30)'],
      ['pt-BR', 'UTC', '20/11/2026 às 17:04 (UTC)'],
      ['en', 'Europe/London', '20 Nov 2026, 17:04 (Europe/London, UTC)'],
      ['es', brasiliaZone, '20/11/2026 a las 14:04 (hora de Brasilia, UTC−3)'],
      ['es', 'America/Bogota', '20/11/2026 a las 12:04 (America/Bogota, UTC−5)'],
      ['es', 'UTC', '20/11/2026 a las 17:04 (UTC)'],
      ['sv', brasiliaZone, '2026-11-20 kl. 14:04 (Brasíliatid, UTC−3)'],
      ['sv', 'America/Noronha', '2026-11-20 kl. 15:04 (Fernando de Noronha-tid, UTC−2)'],
      ['sv', 'Europe/Stockholm', '2026-11-20 kl. 18:04 (Europe/Stockholm, UTC+1)'],
    ] as const)('people read, in %s and %s: %s', (language, zone, text) => {
      expect(formatInstantForPeople(instant, language, zone)).toBe(text);
    });

    test('a receipt has seconds and both zones', () => {
      expect(formatInstantForReceipt(instant, 'pt-BR')).toBe('20/11/2026 14:04:09 −03:00 · 17:04:09 UTC');
      expect(formatInstantForReceipt(instant, 'en')).toBe('20 Nov 2026, 14:04:09 −03:00 · 17:04:09 UTC');
      expect(formatInstantForReceipt(instant, 'es')).toBe('20/11/2026 14:04:09 −03:00 · 17:04:09 UTC');
      expect(formatInstantForReceipt(instant, 'sv')).toBe('2026-11-20 14:04:09 −03:00 · 17:04:09 UTC');
    });

    test('a receipt names both days when they differ', () => {
      expect(formatInstantForReceipt(beforeDawn, 'pt-BR')).toBe('31/12/2026 22:30:00 −03:00 · 01/01/2027 01:30:00 UTC');
      expect(formatInstantForReceipt(beforeDawn, 'en')).toBe('31 Dec 2026, 22:30:00 −03:00 · 1 Jan 2027, 01:30:00 UTC');
      expect(formatInstantForReceipt(beforeDawn, 'sv')).toBe('2026-12-31 22:30:00 −03:00 · 2027-01-01 01:30:00 UTC');
    });

    test('Spanish tells one o’clock in the singular', () => {
      expect(formatInstantForPeople(beforeDawn, 'es', 'UTC')).toBe('01/01/2027 a la 01:30 (UTC)');
    });

    test('a timeline has seconds and the offset', () => {
      expect(formatInstantWithOffset(instant, 'pt-BR', 'America/Noronha')).toBe('20/11/2026 15:04:09 −02:00');
      expect(formatInstantWithOffset(instant, 'pt-BR', 'Asia/Kolkata')).toBe('20/11/2026 22:34:09 +05:30');
    });

    test('programs read RFC 3339 in UTC with milliseconds', () => {
      expect(formatInstantUtc(instant)).toBe('2026-11-20T17:04:09.512Z');
    });

    test('the lender reads the wall clock of the zone that the setting names, the fraction cut', () => {
      expect(formatLenderTimestamp(instant, 'UTC')).toBe('2026-11-20 17:04:09');
      expect(formatLenderTimestamp(instant, brasiliaZone)).toBe('2026-11-20 14:04:09');
      expect(formatLenderTimestamp(lateEvening, 'UTC')).toBe('2026-12-31 23:59:59');
      expect(formatLenderTimestamp(new Date('2027-01-01T00:00:00.000Z'), 'UTC')).toBe('2027-01-01 00:00:00');
      expect(formatLenderTimestamp(new Date('2027-01-01T03:00:00.000Z'), brasiliaZone)).toBe('2027-01-01 00:00:00');
    });
  },
);

test('the summer time that Brazil had until 2019 is still in old instants', () => {
  const summer = new Date('2018-12-20T17:00:00.000Z');
  expect(formatInstantForPeople(summer, 'en')).toBe('20 Dec 2018, 15:00 (Brasília time, UTC−2)');
  expect(formatLenderTimestamp(summer, brasiliaZone)).toBe('2018-12-20 15:00:00');
});

test('an unknown zone and an invalid date are faults of the caller', () => {
  expect(() => formatLenderTimestamp(instant, 'Brasil/Capital')).toThrow(RangeError);
  expect(() => formatLenderTimestamp(new Date(Number.NaN), 'UTC')).toThrow(RangeError);
  expect(() => formatInstantUtc(new Date(Number.NaN))).toThrow(RangeError);
});
