import { formatOffset, formatShortOffset, twoDigits, type ZonedTime, zonedTime } from './zoned-time.ts';

/**
 * Instants as people and programs read them: `product-conventions` section 4. Every form for people names its zone. The zone is always an
 * argument, an IANA name; nothing depends on the host's zone, language or locale data but for the zones' own history.
 */

/** The languages whose dates are built. */
export type DateLanguage = 'pt-BR' | 'en';

/** The nationwide reference in Brazil, used where nobody has chosen another zone. */
export const brasiliaZone = 'America/Sao_Paulo';

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Zones by the name that people know them under; others go by their IANA name. */
const zoneNames: Readonly<Record<string, Record<DateLanguage, string>>> = {
  'America/Sao_Paulo': { 'pt-BR': 'horário de Brasília', en: 'Brasília time' },
  'America/Manaus': { 'pt-BR': 'horário de Manaus', en: 'Manaus time' },
  'America/Cuiaba': { 'pt-BR': 'horário de Cuiabá', en: 'Cuiabá time' },
  'America/Rio_Branco': { 'pt-BR': 'horário de Rio Branco', en: 'Rio Branco time' },
  'America/Noronha': { 'pt-BR': 'horário de Fernando de Noronha', en: 'Fernando de Noronha time' },
};

/**
 * For the signer's pages: `20/11/2026 às 14:04 (horário de Brasília)`, `20 Nov 2026, 14:04 (Brasília time, UTC−3)`. Portuguese names
 * the offset too for every zone but Brasília's.
 */
export function formatInstantForPeople(instant: Date, language: DateLanguage, timeZone: string = brasiliaZone): string {
  const time = zonedTime(instant, timeZone);
  const clock = `${twoDigits(time.hour)}:${twoDigits(time.minute)}`;
  if (language === 'en') return `${dateOf(time, 'en')}, ${clock} (${zoneName(time, 'en', timeZone)})`;
  const zone = timeZone === brasiliaZone ? 'horário de Brasília' : zoneName(time, 'pt-BR', timeZone);
  return `${dateOf(time, 'pt-BR')} às ${clock} (${zone})`;
}

/**
 * For receipt and dossier, both zones and seconds: `20/11/2026 14:04:09 −03:00 · 17:04:09 UTC`. The UTC side has its date when it is
 * another day there.
 */
export function formatInstantForReceipt(
  instant: Date,
  language: DateLanguage,
  timeZone: string = brasiliaZone,
): string {
  const local = zonedTime(instant, timeZone);
  const utc = zonedTime(instant, 'UTC');
  const utcDate = local.day === utc.day ? '' : `${dateOf(utc, language)}${language === 'en' ? ', ' : ' '}`;
  return `${formatInstantWithOffset(instant, language, timeZone)} · ${utcDate}${clockOf(utc)} UTC`;
}

/** For timelines, absolute with seconds and offset: `20/11/2026 14:04:09 −03:00`, `20 Nov 2026, 14:04:09 −03:00`. */
export function formatInstantWithOffset(
  instant: Date,
  language: DateLanguage,
  timeZone: string = brasiliaZone,
): string {
  const time = zonedTime(instant, timeZone);
  return `${dateOf(time, language)}${language === 'en' ? ',' : ''} ${clockOf(time)} ${formatOffset(time.offsetMinutes)}`;
}

/** For API, webhooks, exports and logs: RFC 3339, UTC, milliseconds (`2026-11-20T17:04:09.512Z`). */
export function formatInstantUtc(instant: Date): string {
  return instant.toISOString();
}

/** For the lender's body: `2026-11-20 17:04:09` on the wall clock of the zone; the fraction of a second is cut, never rounded up. */
export function formatLenderTimestamp(instant: Date, timeZone: string): string {
  const time = zonedTime(instant, timeZone);
  const date = `${String(time.year).padStart(4, '0')}-${twoDigits(time.month)}-${twoDigits(time.day)}`;
  return `${date} ${clockOf(time)}`;
}

function zoneName(time: ZonedTime, language: DateLanguage, timeZone: string): string {
  const offset = formatShortOffset(time.offsetMinutes);
  if (timeZone === 'UTC') return 'UTC';
  return `${zoneNames[timeZone]?.[language] ?? timeZone}, ${offset}`;
}

function dateOf({ year, month, day }: ZonedTime, language: DateLanguage): string {
  if (language === 'en') return `${day} ${englishMonths[month - 1]} ${year}`;
  return `${twoDigits(day)}/${twoDigits(month)}/${year}`;
}

function clockOf({ hour, minute, second }: ZonedTime): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}
