/** Bytes. A contract of 1 MiB may triple in JSON escapes; nothing else of ours is long. */
export const bodyBytesMax = { create: 4 * 1024 * 1024, form: 64 * 1024, other: 1024 * 1024 } as const;

export type BodyAnswer = { ok: true; bytes: Uint8Array } | { ok: false; code: 'payload_too_large' };

/** Reads a body, counting: the announced length is believed only when it is too large. Stops reading at the limit. */
export async function readBody(request: Request, limitBytes: number): Promise<BodyAnswer> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limitBytes) return { ok: false, code: 'payload_too_large' };
  if (!request.body) return { ok: true, bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > limitBytes) return { ok: false, code: 'payload_too_large' };
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks, length) };
}

/** The text of strictly decoded UTF-8, or undefined; a byte order mark stays, and is no JSON. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
