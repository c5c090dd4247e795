/** Seconds, as much as a header may count to; whoever asks has a cap of their own far below. */
const secondsMax = 2 ** 31;
/** Years ahead beyond which the two digits of a year are taken for the past (RFC 9110, 5.6.7). */
const yearsAheadMax = 50;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(?<month>${months.join('|')})`;
const time = String.raw`(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d|60)`;

/** The three forms of a date that a recipient must take, letter for letter; the last two are of old senders. */
const dateForms = [
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) ${month} (?<year>\d{4}) ${time} GMT`,
  String.raw`(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d{2})-${month}-(?<year>\d{2}) ${time} GMT`,
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} (?<day>\d{2}| \d) ${time} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`));

/**
 * How many milliseconds from `at` on a `Retry-After` asks to wait: seconds, or a date in any form of HTTP (RFC 9110, 10.2.3), 0 when that
 * has passed. Undefined for anything else.
 */
export function retryAfterMs(header: string | undefined, at: Date): number | undefined {
  const text = header?.replace(/^[ \t]+|[ \t]+$/g, '') ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text), secondsMax) * 1000;
  const date = httpDate(text, at);
  return date && Math.max(date.getTime() - at.getTime(), 0);
}

function httpDate(text: string, at: Date): Date | undefined {
  const parts = dateForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!parts) return undefined;
  const numberIn = (part: 'day' | 'hour' | 'minute' | 'second') => Number(parts[part]);
  const monthIndex = months.indexOf(parts.month ?? '');
  const day = numberIn('day');
  const onDay = (year: number) =>
    new Date(Date.UTC(year, monthIndex, day, numberIn('hour'), numberIn('minute'), numberIn('second')));
  // A day that its month does not have would roll over into the next.
  const isDay = (year: number) => new Date(Date.UTC(year, monthIndex, day)).getUTCDate() === day;
  const year = parts.year?.length === 2 ? wholeYear(Number(parts.year), at, onDay) : Number(parts.year);
  return isDay(year) ? onDay(year) : undefined;
}

/** Of this century, unless that is more than fifty years ahead: then the last such year that has been. */
function wholeYear(digits: number, at: Date, onDay: (year: number) => Date): number {
  const century = Math.floor(at.getUTCFullYear() / 100) * 100;
  const horizon = new Date(at);
  horizon.setUTCFullYear(at.getUTCFullYear() + yearsAheadMax);
  const year = century + digits;
  return onDay(year) > horizon ? year - 100 : year;
}
