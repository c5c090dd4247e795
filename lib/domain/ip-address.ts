/** An address as a number, so that ranges are a shift away. An IPv4 address mapped into IPv6 is the IPv4 address. */
export type IpAddress = { version: 4 | 6; value: bigint };

const mappedPrefix = 0xffffn;

/**
 * Reads an IPv4 address in its four-decimal form or an IPv6 address in any form of RFC 4291; undefined for anything else. Leading
 * zeros, short and hexadecimal IPv4 forms are refused, because readers disagree on them; a zone (`%eth0`) is left out.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const plain = text.replace(/%[A-Za-z0-9._-]{1,32}$/, '');
  if (plain !== text && !plain.includes(':')) return undefined;
  const value = plain.includes(':') ? ipv6Value(plain) : ipv4Value(plain);
  if (value === undefined) return undefined;
  if (!plain.includes(':')) return { version: 4, value };
  return value >> 32n === mappedPrefix ? { version: 4, value: value & 0xffffffffn } : { version: 6, value };
}

/** The canonical text: four decimals, or IPv6 as RFC 5952 writes it (lower case, the longest run of zeros as `::`). */
export function formatIpAddress({ version, value }: IpAddress): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const zeros = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].map((run) => run[0]);
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  const [before = '', after = ''] = splitAtRun(groups.join(':'), longest);
  return `${before}::${after}`;
}

/** Cuts out the run of whole groups; the colons around it go with it. */
function splitAtRun(text: string, run: string): [string, string] {
  const match = new RegExp(`(?:^|:)${run}(?::|$)`).exec(text);
  if (match === null) return [text, ''];
  return [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}

function ipv4Value(text: string): bigint | undefined {
  const parts = text.split('.');
  const isAddress =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isAddress ? parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) : undefined;
}

function ipv6Value(text: string): bigint | undefined {
  // An embedded IPv4 address stands at the very end or nowhere.
  const dot = text.indexOf('.');
  if (dot !== -1 && text.lastIndexOf(':') > dot) return undefined;
  const halves = text.split('::');
  const [head, tail] = halves.map(groupsOf);
  if (halves.length > 2 || head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

/** The 16-bit groups of one side of `::`; the last may be an IPv4 address, which makes two. Undefined when a group is none. */
function groupsOf(half: string): bigint[] | undefined {
  if (half === '') return [];
  const groups: bigint[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes('.') ? ipv4Value(part) : undefined;
    if (embedded !== undefined) groups.push(embedded >> 16n, embedded & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
