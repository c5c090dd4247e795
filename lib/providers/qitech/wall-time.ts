/**
 * An instant as the lender writes it, `YYYY-MM-DD HH:MM:SS` on the wall of one IANA zone, fractions cut off. The lender's page
 * names no zone, so the zone is a setting and not a guess. Throws a RangeError, when made, for a zone that does not exist.
 */
export function wallTimeIn(zone: string): (instant: Date) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
    const date = [parts.get('year')?.padStart(4, '0'), parts.get('month'), parts.get('day')].join('-');
    return `${date} ${[parts.get('hour'), parts.get('minute'), parts.get('second')].join(':')}`;
  };
}
