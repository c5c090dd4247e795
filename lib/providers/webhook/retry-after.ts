/** `Retry-After` in both its forms, seconds and date (RFC 9110, 10.2.3); undefined for anything else. */
export function retryAfterIn(header: string | undefined, at: Date): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(date - at.getTime(), 0);
}
