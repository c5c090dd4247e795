/** One hop as a proxy named it: an address, perhaps with the port that the connection came from. */
export type ForwardedHop = { address: string; port?: number };

/**
 * The items of `X-Forwarded-For`, left to right; undefined stands for an item that names no address (empty, `unknown`, a word). Taken are
 * `192.0.2.1`, `192.0.2.1:51344`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:51344`.
 */
export function forwardedForHops(header: string): (ForwardedHop | undefined)[] {
  return header.split(',').map((item) => hopOf(withoutBlanks(item)));
}

/** An expression for the blanks at the end would look again from each blank in the middle. */
function withoutBlanks(item: string): string {
  const isBlank = (index: number) => item[index] === ' ' || item[index] === '\t';
  let start = 0;
  let end = item.length;
  while (isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return item.slice(start, end);
}

const token = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
/** Colons and brackets belong into quotes; they are also taken without, because proxies write addresses that way. */
const pair = `(${token})=(?:"((?:[^"\\\\]|\\\\.)*)"|([A-Za-z0-9!#$%&'*+.^_\`|~:\\[\\]-]*))`;
const nextPair = new RegExp(`[ \\t]*${pair}[ \\t]*(;|,|$)`, 'y');

/**
 * The hops that a `Forwarded` header (RFC 7239) names in `for=`, left to right; undefined stands for one without an address (`unknown`,
 * `_hidden`, no `for`). The whole header is undefined when it breaks the grammar: an open quote sent by a client would
 * otherwise swallow what a proxy appended.
 */
export function forwardedHops(header: string): (ForwardedHop | undefined)[] | undefined {
  const hops: (ForwardedHop | undefined)[] = [];
  let current: ForwardedHop | undefined;
  let position = 0;
  while (position < header.length) {
    nextPair.lastIndex = position;
    const match = nextPair.exec(header);
    if (match === null) return undefined;
    const [matched, name = '', quoted, bare = '', separator] = match;
    if (name.toLowerCase() === 'for') {
      if (current !== undefined) return undefined;
      current = hopOf(quoted?.replace(/\\(.)/g, '$1') ?? bare);
    }
    position += matched.length;
    if (separator === ';' && position < header.length) continue;
    hops.push(current);
    current = undefined;
    if (separator === ',' && position === header.length) return undefined;
  }
  return hops;
}

/** A text that is neither form is handed on whole, and is no address to whoever reads it. */
function hopOf(text: string): ForwardedHop | undefined {
  const bracketed = /^\[([^\]:]*:[^\]]*)\](?::(\d{1,5}|_[\w.-]+))?$/.exec(text);
  const withPort = /^([^:]+):(\d{1,5}|_[\w.-]+)$/.exec(text);
  const [, address = text, portText] = bracketed ?? withPort ?? [];
  const port = portNumber(portText);
  return address === '' ? undefined : { address, ...(port !== undefined && { port }) };
}

/** A TCP port, 1 to 65535; undefined for everything else, an obfuscated port (`_x`) included. */
export function portNumber(text: string | undefined): number | undefined {
  const port = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
