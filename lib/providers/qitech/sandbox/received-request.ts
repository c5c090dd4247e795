import type { IncomingMessage } from 'node:http';

/** A request exactly as it came in; header names in lower case, `uri` with its query. */
export type ReceivedRequest = {
  method: string;
  uri: string;
  headers: Record<string, string>;
  body: Buffer;
  at: Date;
};

/** The largest contract text is 1 MiB; escaped and twice encoded it stays below this. */
const bodyBytesMax = 8 * 1024 * 1024;

/** Reads a request to its end; `undefined` when the body is over the limit. Throws when the sender goes away. */
export async function readReceived(incoming: IncomingMessage, clock: () => Date): Promise<ReceivedRequest | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes <= bodyBytesMax) chunks.push(chunk);
  }
  if (bytes > bodyBytesMax) return undefined;
  const headers = Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]);
  return {
    method: incoming.method ?? '',
    uri: incoming.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
    at: clock(),
  };
}
