import type { RefusalDetails } from './field-messages.ts';

/** What the request inspector keeps of a request and its answer. A contract's text is never among it, wherever a caller puts it. */

export type Digest = (text: string) => { byteLength: number; sha256: string };

/** Longer than any field of ours but a contract's text, returnUrl included. */
const valueCharactersMax = 2_000;
const nameCharactersMax = 60;
/** What may be kept of a contract: what it is called, not what it says. */
const contractMembers = ['title', 'version', 'language', 'sha256'];
const tellingCharactersMax = 500;

/** A body's value with each text that may be a contract's replaced by its length and hash. */
export function withoutTexts(value: unknown, digest: Digest, name = '', isContract = false): unknown {
  if (typeof value === 'string') return mayBeText(value, name, isContract) ? leftOut(value, digest) : value;
  if (Array.isArray(value)) return value.map((item) => withoutTexts(item, digest, name, isContract));
  if (typeof value !== 'object' || value === null) return value;
  const isOfContract = isContract || name === 'contract';
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [
      member.length > nameCharactersMax ? '…' : member,
      withoutTexts(inner, digest, member, isOfContract),
    ]),
  );
}

/** What stands in place of something that is not kept; `what` says what it was, when it was not a text. */
export function leftOutNote({ byteLength, sha256 }: ReturnType<Digest>, what = 'text'): string {
  return `[${what} not kept: ${byteLength} bytes, SHA-256 ${sha256}]`;
}

function leftOut(text: string, digest: Digest): string {
  return leftOutNote(digest(text));
}

function mayBeText(value: string, name: string, isContract: boolean): boolean {
  if (value.length > valueCharactersMax || name.length > nameCharactersMax) return true;
  if (isContract) return !contractMembers.includes(name) || value.length > tellingCharactersMax;
  return /text|contract|content/i.test(name);
}

/** A step of our own fields, of a place in a list, or of a misspelt name; a number of many digits may be somebody's. */
const stepShape = /^(?:[A-Za-z_-]{1,40}|\d{1,3})$/;

/** A pointer without what a caller wrote in place of a name: what is wrong has to be told, and nobody's document. */
export function keptPointer(pointer: string): string {
  const steps = pointer.split('/').slice(0, 21);
  return steps.map((step, index) => (index === 0 || stepShape.test(step) ? step : '…')).join('/');
}

const detailCharactersMax = 200;
const detailsMax = 10;

/** The numbers and names of a refusal, cut, with what no page can show made visible. */
export function keptDetails(details: RefusalDetails): RefusalDetails {
  const kept = Object.entries(details).slice(0, detailsMax);
  return Object.fromEntries(kept.map(([name, value]) => [name, typeof value === 'string' ? keptWord(value) : value]));
}

function keptWord(value: string): string {
  return value.slice(0, detailCharactersMax).replace(/[\p{Cc}\p{Cs}]/gu, '?');
}

/** An address of a session with `{id}` in place of what stood there, which may be anything. */
export function pathTemplate(pathname: string, hasId: boolean): string {
  return hasId ? pathname.replace(/^(\/api\/v1\/signing\/)[^/]*/, '$1{id}') : pathname;
}
