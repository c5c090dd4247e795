import type { LenderWords } from '#lib/providers/lender.ts';

/** Longer than any documented sentence of the lender; the whole reply is kept beside it. */
const wordsCharactersMax = 2_000;

/**
 * Finds the lender's own words in an error reply. It sends them at top level, under `data` as an object, or under `data` as
 * a string that is itself JSON (the opt-in page's 400). Gives `undefined` when there is nothing that a person could read.
 */
export function wordsOf(reply: unknown): LenderWords | undefined {
  const source = [parsedIfText(fieldOf(reply, 'data')), reply].find(speaks);
  if (source === undefined) return undefined;
  const code = textOf(fieldOf(source, 'code'));
  const message = [textOf(fieldOf(source, 'title')), textOf(fieldOf(source, 'description'))].filter(Boolean).join(': ');
  const translation = textOf(fieldOf(source, 'translation'));
  return { ...(code ? { code } : {}), ...(message ? { message } : {}), ...(translation ? { translation } : {}) };
}

/** True when the words say that the debt already carries a signature, or left the state in which one may be posted. */
export function readsAsAlreadySigned(words: LenderWords | undefined): boolean {
  // LEG000073 is the documented "not in this state" (its text names the present one); none is documented for this very call.
  if (words?.code === 'LEG000073') return true;
  const text = `${words?.message ?? ''} ${words?.translation ?? ''}`;
  return /already\b.{0,40}\bsign|sign(ed|ature)\b.{0,40}\balready|já.{0,40}assina|assina.{0,40}já/iu.test(text);
}

/** True for the lender's authentication errors (GDF…): the credential is at fault, whatever the HTTP status says. */
export function isCredentialFault(words: LenderWords | undefined): boolean {
  return words?.code?.startsWith('GDF') ?? false;
}

/** The words with the integration key taken out: GDF000018 repeats it in its sentence. */
export function withoutKey(words: LenderWords, apiClientKey: string): LenderWords {
  const key = new RegExp(apiClientKey.replace(/[^0-9a-z]/gi, '\\$&'), 'gi');
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [name, text.replace(key, '[redacted]')]));
}

function speaks(value: unknown): boolean {
  return ['code', 'title', 'description', 'translation'].some((name) => textOf(fieldOf(value, name)));
}

function parsedIfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim().slice(0, wordsCharactersMax) || undefined : undefined;
}

/** A field of a reply of unknown shape; `undefined` when there is no such own field. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
