import type { CertificateLanguage } from '#lib/copy/certificate.ts';
import { brasiliaZone, formatInstantWithOffset } from '#lib/format/instant.ts';
import { formatOffset, twoDigits, zonedTime } from '#lib/format/zoned-time.ts';

/** One instant twice: on the wall clock of Brasília with its distance from UTC, and in UTC with milliseconds. */
export type CertificateMoment = { local: string; utc: string };

/** `20/11/2026 14:04:09 −03:00` and `2026-11-20 17:04:09.512 UTC`, for an RFC 3339 instant; Swedish dates begin with the year. */
export function certificateMoment(instant: string, language: CertificateLanguage): CertificateMoment {
  const date = new Date(instant);
  return { local: localTime(date, language), utc: `${date.toISOString().replace('T', ' ').replace('Z', '')} UTC` };
}

/**
 * Both in one line, the date in UTC only where it is another day there: `20/11/2026 14:04:09 −03:00 (17:04:09.512 UTC)`. No line ends
 * between a time and what it is counted from.
 */
export function momentLine(instant: string, language: CertificateLanguage): string {
  const date = new Date(instant);
  const { local, utc } = certificateMoment(instant, language);
  const isSameDay = zonedTime(date, brasiliaZone).day === date.getUTCDate();
  const line = `${local} (${isSameDay ? utc.slice(utc.indexOf(' ') + 1) : utc})`;
  return line.replaceAll(/ (?=[−+]\d|UTC)/g, '\u00a0');
}

function localTime(date: Date, language: CertificateLanguage): string {
  // Spanish writes its dates as Portuguese does.
  if (language !== 'sv') return formatInstantWithOffset(date, language === 'en' ? 'en' : 'pt-BR');
  const time = zonedTime(date, brasiliaZone);
  const day = [String(time.year).padStart(4, '0'), twoDigits(time.month), twoDigits(time.day)].join('-');
  const clock = [time.hour, time.minute, time.second].map(twoDigits).join(':');
  return `${day} ${clock} ${formatOffset(time.offsetMinutes)}`;
}
