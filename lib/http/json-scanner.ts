import { pointerTo } from '#lib/schema/field-refusals.ts';

/** Deeper than any body of ours; the bound keeps every later walk over the value short. */
export const jsonDepthMax = 20;

export type JsonFault =
  | { code: 'duplicate_name'; pointer: string }
  | { code: 'refused_name'; pointer: string }
  | { code: 'too_deep'; pointer: string }
  | { code: 'not_json' };

/**
 * Reads one JSON text, refusing what `JSON.parse` lets pass: a name twice in one object (two readers would see two different requests),
 * the name `__proto__`, and more than 20 levels. The grammar itself is left to `JSON.parse`.
 */
export function readJson(text: string): { ok: true; value: unknown } | { ok: false; fault: JsonFault } {
  const fault = findFault(text);
  if (fault) return { ok: false, fault };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, fault: { code: 'not_json' } };
  }
}

type Level = { names: Set<string> | undefined; step: string | number; expectsName: boolean };

function findFault(text: string): JsonFault | undefined {
  const levels: Level[] = [];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const isString = character === '"';
    const end = isString ? endOfString(text, index) : index + 1;
    const fault = isString ? takeName(levels, text.slice(index, end)) : takeMark(levels, character);
    if (fault) return fault;
    index = end - 1;
  }
  return undefined;
}

/** Brackets and commas; every other character belongs to a number, a word or white space. */
function takeMark(levels: Level[], character: string): JsonFault | undefined {
  if (character === '{' || character === '[') {
    if (levels.length === jsonDepthMax) return { code: 'too_deep', pointer: pointerOf(levels) };
    levels.push(openLevel(character));
  } else if (character === '}' || character === ']') {
    levels.pop();
  } else if (character === ',') {
    nextMember(levels.at(-1));
  }
  return undefined;
}

function openLevel(bracket: '{' | '['): Level {
  const isObject = bracket === '{';
  return { names: isObject ? new Set() : undefined, step: isObject ? '' : 0, expectsName: isObject };
}

function nextMember(level: Level | undefined): void {
  if (!level) return;
  if (level.names) level.expectsName = true;
  else level.step = Number(level.step) + 1;
}

/** A string where an object expects a name is that name; compared after its escapes are resolved. */
function takeName(levels: Level[], quoted: string): JsonFault | undefined {
  const level = levels.at(-1);
  if (!level?.names || !level.expectsName) return undefined;
  const name = unquoted(quoted);
  if (name === undefined) return { code: 'not_json' };
  level.step = name;
  level.expectsName = false;
  if (level.names.has(name)) return { code: 'duplicate_name', pointer: pointerOf(levels) };
  // Readers of JavaScript objects pass over this name or fall for it; a value under it would be dropped without a word.
  if (name === '__proto__') return { code: 'refused_name', pointer: pointerOf(levels) };
  level.names.add(name);
  return undefined;
}

function unquoted(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

/** The index after the closing quote; the text's end when there is none. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; ; index++) {
    index = text.indexOf('"', index);
    if (index === -1) return text.length;
    let backslashes = 0;
    while (text[index - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return index + 1;
  }
}

function pointerOf(levels: readonly Level[]): string {
  return pointerTo(levels.map(({ step }) => step));
}
