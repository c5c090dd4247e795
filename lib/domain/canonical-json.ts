/**
 * RFC 8785 (JCS): names in UTF-16 order, no white space, numbers and strings as ECMAScript writes them. For values that came out of
 * `JSON.parse`, or would survive it; a member that is undefined is not there. A half surrogate is written as its escape, so that every
 * value has one form.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
