import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { capturedField, notCapturedField } from './records.ts';
import { type Finding, inputError, tampered } from './verdict.ts';

/** Whether two JSON values are the same, absence being a value of its own. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson([one]) === canonicalJson([other]) && (one === undefined) === (other === undefined);
}

/** A finding when the two differ. */
export function agree(what: string, found: unknown, expected: unknown): Finding[] {
  return isSame(found, expected) ? [] : [tampered(`${what} is not what the other records say`)];
}

/**
 * Compares fields of a group of evidence.json with what they must be: captured with exactly that value, or not captured when there is
 * none. A field that is neither captured nor given up with a reason has no meaning at all.
 */
export function fieldsAgree(
  name: string,
  group: Record<string, unknown>,
  expected: Record<string, unknown>,
): Finding[] {
  return Object.entries(expected).flatMap(([field, value]) => {
    const what = `${name}.${field} of evidence.json`;
    const found = fieldOf(group, field);
    return found.ok
      ? agree(what, found.value, value)
      : [inputError(`${what} is neither captured nor said to be missing`)];
  });
}

/** The value of a captured field, undefined for one that was not captured or is not there. */
export function fieldOf(group: Record<string, unknown>, name: string): { ok: true; value: unknown } | { ok: false } {
  if (!Object.hasOwn(group, name)) return { ok: true, value: undefined };
  const found = group[name];
  if (capturedField(found)) return { ok: true, value: found.value };
  return notCapturedField(found) ? { ok: true, value: undefined } : { ok: false };
}

/** Of bytes, or of a text in UTF-8. A text with half a surrogate pair has no UTF-8, and so no hash: undefined, which no record can state. */
export function sha256Hex(content: Uint8Array | string): string | undefined {
  if (typeof content === 'string' && !content.isWellFormed()) return undefined;
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content));
}
