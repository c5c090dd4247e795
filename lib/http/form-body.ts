import { bodyBytesMax, decodeUtf8, readBody } from './read-body.ts';

export type Form = ReadonlyMap<string, string>;
export type FormAnswer = { ok: true; form: Form } | { ok: false; code: 'unsupported_media_type' | 'payload_too_large' };

/**
 * Reads `application/x-www-form-urlencoded` as a browser sends it: strict UTF-8 after the percent signs too, no name twice. A form that
 * breaks this was not sent by any page of ours, and is answered like a wrong type.
 */
export async function readForm(request: Request): Promise<FormAnswer> {
  const isForm = /^\s*application\/x-www-form-urlencoded\s*(?:;.*)?$/i.test(request.headers.get('content-type') ?? '');
  if (!isForm || request.headers.has('content-encoding')) return refused;
  const body = await readBody(request, bodyBytesMax.form);
  if (!body.ok) return body;
  const text = decodeUtf8(body.bytes);
  const form = text === undefined ? undefined : parse(text);
  return form ? { ok: true, form } : refused;
}

const refused = { ok: false, code: 'unsupported_media_type' } as const;

/** URLSearchParams would mend bad escapes silently, so each part is decoded by the function that throws. */
function parse(text: string): Form | undefined {
  const form = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    const value = decode(at === -1 ? '' : pair.slice(at + 1));
    if (name === undefined || value === undefined || form.has(name)) return undefined;
    form.set(name, value);
  }
  return form;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
