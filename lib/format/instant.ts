import { formatOffset, formatShortOffset, twoDigits, type ZonedTime, zonedTime } from './zoned-time.ts';

/**
 * Instants as people and programs read them: `product-conventions` section 4. Every form for people names its zone. The zone is always an
 * argument, an IANA name; nothing depends on the host's zone, language or locale data but for the zones' own history.
 */

/** The languages whose dates are built. */
export type DateLanguage = 'pt-BR' | 'en' | 'es' | 'sv';

/** The nationwide reference in Brazil, used where nobody has chosen another zone. */
export const brasiliaZone = 'America/Sao_Paulo';

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Zones by the name that people know them under; others go by their IANA name. */
const zoneNames: Readonly<Record<string, Record<DateLanguage, string>>> = {
  'America/Sao_Paulo': zone('horário de Brasília', 'Brasília time', 'hora de Brasilia', 'Brasíliatid'),
  'America/Manaus': zone('horário de Manaus', 'Manaus time', 'hora de Manaos', 'Manaustid'),
  'America/Cuiaba': zone('horário de Cuiabá', 'Cuiabá time', 'hora de Cuiabá', 'Cuiabátid'),
  'America/Rio_Branco': zone('horário de Rio Branco', 'Rio Branco time', 'hora de Río Branco', 'Rio Branco-tid'),
  'America/Noronha': zone(
    'horário de Fernando de Noronha',
    'Fernando de Noronha time',
    'hora de Fernando de Noronha',
    'Fernando de Noronha-tid',
  ),
};

/**
 * For the signer's pages: `20/11/2026 às 14:04 (horário de Brasília)`, `20 Nov 2026, 14:04 (Brasília time, UTC−3)`, `20/11/2026 a las
 * 14:04 (hora de Brasilia, UTC−3)`, `2026-11-20 kl. 14:04 (Brasíliatid, UTC−3)`. Portuguese names the offset too for every zone but
 * Brasília's.
 */
export function formatInstantForPeople(instant: Date, language: DateLanguage, timeZone: string = brasiliaZone): string {
  const time = zonedTime(instant, timeZone);
  const clock = `${twoDigits(time.hour)}:${twoDigits(time.minute)}`;
  return `${dateOf(time, language)}${beforeClock(time, language)}${clock} (${zoneName(time, language, timeZone)})`;
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
  const utcDate = local.day === utc.day ? '' : `${dateOf(utc, language)}${afterDate[language]}`;
  return `${formatInstantWithOffset(instant, language, timeZone)} · ${utcDate}${clockOf(utc)} UTC`;
}

/** For timelines, absolute with seconds and offset: `20/11/2026 14:04:09 −03:00`, `20 Nov 2026, 14:04:09 −03:00`. */
export function formatInstantWithOffset(
  instant: Date,
  language: DateLanguage,
  timeZone: string = brasiliaZone,
): string {
  const time = zonedTime(instant, timeZone);
  return `${dateOf(time, language)}${afterDate[language]}${clockOf(time)} ${formatOffset(time.offsetMinutes)}`;
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
  if (timeZone === 'UTC') return 'UTC';
  const name = zoneNames[timeZone]?.[language] ?? timeZone;
  return language === 'pt-BR' && timeZone === brasiliaZone ? name : `${name}, ${formatShortOffset(time.offsetMinutes)}`;
}

/** Between date and clock where digits follow digits. */
const afterDate: Readonly<Record<DateLanguage, string>> = { 'pt-BR': ' ', en: ', ', es: ' ', sv: ' ' };

/** Between date and clock in a sentence. Spanish has one hour in the singular: `a la 01:04`. */
function beforeClock({ hour }: ZonedTime, language: DateLanguage): string {
  return { 'pt-BR': ' às ', en: ', ', es: hour === 1 ? ' a la ' : ' a las ', sv: ' kl. ' }[language];
}

function dateOf({ year, month, day }: ZonedTime, language: DateLanguage): string {
  if (language === 'en') return `${day} ${englishMonths[month - 1]} ${year}`;
  if (language === 'sv') return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  return `${twoDigits(day)}/${twoDigits(month)}/${year}`;
}

function zone(portuguese: string, english: string, spanish: string, swedish: string): Record<DateLanguage, string> {
  return { 'pt-BR': portuguese, en: english, es: spanish, sv: swedish };
}

function clockOf({ hour, minute, second }: ZonedTime): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}
