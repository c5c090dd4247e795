/** What a clock on the wall of a zone shows, and how far it is ahead of UTC. */
export type ZonedTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  offsetMinutes: number;
};

/** Making a formatter takes longer than all its uses; a program knows a handful of zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The wall clock of an IANA zone at an instant, from the zone's own history (Brazil had summer time until 2019), whatever zone and language
 * the host runs in. Throws a RangeError for an unknown zone or an invalid date.
 */
export function zonedTime(instant: Date, timeZone: string): ZonedTime {
  const parts = formatterFor(timeZone).formatToParts(instant);
  const numberOf = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [numberOf('year'), numberOf('month'), numberOf('day')];
  const [hour, minute, second] = [numberOf('hour'), numberOf('minute'), numberOf('second')];
  const wholeSeconds = Math.floor(instant.getTime() / 1000) * 1000;
  const offsetMinutes = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds) / 60_000);
  return { year, month, day, hour, minute, second, offsetMinutes };
}

/** `-180` → `−03:00`, with a real minus sign; `0` → `+00:00`. */
export function formatOffset(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '−' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** `-180` → `UTC−3`, `330` → `UTC+5:30`, `0` → `UTC`. */
export function formatShortOffset(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const minutes = Math.abs(offsetMinutes);
  const rest = minutes % 60 === 0 ? '' : `:${twoDigits(minutes % 60)}`;
  return `UTC${offsetMinutes < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
