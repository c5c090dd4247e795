import type { FieldRefusal } from '#lib/schema/field-refusals.ts';
import { type JsonFault, jsonDepthMax, readJson } from './json-scanner.ts';
import { decodeUtf8, readBody } from './read-body.ts';

export type JsonBody =
  | { ok: true; isAbsent: boolean; value: unknown }
  | { ok: false; code: 'unsupported_media_type' | 'payload_too_large' }
  | { ok: false; code: 'malformed_json' | 'validation_failed'; errors: FieldRefusal[] };

type Rules = { limitBytes: number; isOptional: boolean };

/** Reads a JSON body: type first, then size, then strict UTF-8, then the grammar. No compressed body is ever decoded. */
export async function readJsonBody(request: Request, { limitBytes, isOptional }: Rules): Promise<JsonBody> {
  if (request.headers.has('content-encoding')) return { ok: false, code: 'unsupported_media_type' };
  const isJson = isJsonType(request.headers.get('content-type'));
  if (!isJson && !(isOptional && !request.headers.has('content-type'))) {
    return { ok: false, code: 'unsupported_media_type' };
  }
  const body = await readBody(request, limitBytes);
  if (!body.ok) return body;
  if (body.bytes.length === 0 && isOptional) return { ok: true, isAbsent: true, value: undefined };
  if (!isJson) return { ok: false, code: 'unsupported_media_type' };
  const text = decodeUtf8(body.bytes);
  const read = text === undefined ? undefined : readJson(text);
  if (read?.ok) return { ok: true, isAbsent: false, value: read.value };
  const fault = read?.fault;
  if (fault?.code === 'refused_name') {
    return { ok: false, code: 'validation_failed', errors: [{ pointer: fault.pointer, code: 'name_not_allowed' }] };
  }
  return { ok: false, code: 'malformed_json', errors: refusalsOf(fault) };
}

/** `application/json`, with no charset but UTF-8. */
function isJsonType(contentType: string | null): boolean {
  return /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*;?$/i.test(contentType?.trim() ?? '');
}

function refusalsOf(fault: Exclude<JsonFault, { code: 'refused_name' }> | undefined): FieldRefusal[] {
  if (fault?.code === 'duplicate_name') return [{ pointer: fault.pointer, code: 'duplicate_name' }];
  if (fault?.code === 'too_deep') return [{ pointer: fault.pointer, code: 'too_deep', details: { max: jsonDepthMax } }];
  return [];
}
