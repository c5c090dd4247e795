import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { readingLimits } from './reading-limits.ts';

/** Deeper than anything of ours; the bound keeps every later walk over a value short. */
const depthMax = 64;

export type JsonReading = { ok: true; value: unknown } | { ok: false; detail: string };

/**
 * Reads one JSON text and refuses what `JSON.parse` lets pass: a name twice in one object (two readers would see two different records), a
 * byte order mark, bytes that are not UTF-8, a number that no double holds, more than 64 levels, more values than any record of ours
 * has. Never throws.
 */
export function readStrictJson(bytes: Uint8Array): JsonReading {
  if (valuesIn(bytes) > readingLimits.textValues)
    return { ok: false, detail: `has more than ${readingLimits.textValues} values` };
  const text = decodeUtf8(bytes);
  if (text === undefined) return { ok: false, detail: 'is not UTF-8' };
  const fault = findFault(text);
  if (fault) return { ok: false, detail: fault };
  try {
    const value: unknown = JSON.parse(text);
    return hasDoublesOnly(value) ? { ok: true, value } : { ok: false, detail: 'has a number that no double holds' };
  } catch {
    return { ok: false, detail: 'is not JSON' };
  }
}

/** The same, of bytes that must also be the canonical form (RFC 8785) of what they say. */
export function readCanonicalJson(bytes: Uint8Array): JsonReading {
  const reading = readStrictJson(bytes);
  if (!reading.ok) return reading;
  const isCanonical = canonicalJson(reading.value) === decodeUtf8(bytes);
  return isCanonical ? reading : { ok: false, detail: 'is not in canonical form' };
}

/**
 * How many values stand in JSON, the outermost apart: each follows a mark of its own outside the strings. Asked of the bytes, because what
 * becomes of them in memory is dozens of times as large.
 */
export function valuesIn(bytes: Uint8Array): number {
  let values = 0;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === ascii.quote) isInString = !isInString;
    else if (isInString && byte === ascii.backslash) at += 1;
    else if (!isInString && (byte === ascii.comma || byte === ascii.brace || byte === ascii.bracket)) values += 1;
  }
  return values;
}

const ascii = { quote: 0x22, comma: 0x2c, bracket: 0x5b, backslash: 0x5c, brace: 0x7b };

/** `JSON.parse` makes Infinity of what is too large. */
function hasDoublesOnly(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'number' || Number.isFinite(value);
  return Object.values(value).every(hasDoublesOnly);
}

/** The text, a byte order mark being part of it; undefined when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

type Level = { names: Set<string> | undefined; expectsName: boolean };

/** The grammar itself is left to `JSON.parse`; this sees only brackets, commas and strings. */
function findFault(text: string): string | undefined {
  const levels: Level[] = [];
  const marks = /["{}[\],]/g;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const isString = found[0] === '"';
    const end = isString ? endOfString(text, found.index) : found.index + 1;
    const fault = isString ? takeName(levels.at(-1), text.slice(found.index, end)) : takeMark(levels, found[0]);
    if (fault) return fault;
    marks.lastIndex = end;
  }
  return undefined;
}

function takeMark(levels: Level[], mark: string): string | undefined {
  const level = levels.at(-1);
  if (mark === '{' || mark === '[') {
    if (levels.length === depthMax) return `is nested deeper than ${depthMax} levels`;
    levels.push({ names: mark === '{' ? new Set() : undefined, expectsName: mark === '{' });
  } else if (mark !== ',') levels.pop();
  else if (level) level.expectsName = level.names !== undefined;
  return undefined;
}

/** A string where an object expects a name is that name; compared after its escapes are resolved. */
function takeName(level: Level | undefined, quoted: string): string | undefined {
  if (!level?.expectsName) return undefined;
  level.expectsName = false;
  const name = unquoted(quoted);
  if (name === undefined) return 'is not JSON';
  if (level.names?.has(name)) return `has the name ${JSON.stringify(name)} twice in one object`;
  level.names?.add(name);
  return undefined;
}

function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}

/** The index after the closing quote; the text's end when there is none. */
function endOfString(text: string, start: number): number {
  for (let index = text.indexOf('"', start + 1); index !== -1; index = text.indexOf('"', index + 1)) {
    let backslashes = 0;
    while (text[index - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return index + 1;
  }
  return text.length;
}
