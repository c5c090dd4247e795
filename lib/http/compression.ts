import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Below this the frame of gzip eats most of what it saves. */
const leastBytes = 1_024;
/** Each page is made for one person: what a higher level saves on the line it costs in processor time (decision 0010). */
const pageLevel = 5;
/** A file of the build is compressed once and then remembered by its path, which names its content; there are as many as the build has. */
const fileLevel = 9;
const files = new Map<string, Buffer>();

const compressible =
  /^(?:text\/(?:html|css|plain|javascript|x-component)|application\/(?:javascript|json|problem\+json)|image\/svg\+xml)(?:;|$)/i;

/**
 * Sends the answer to a client that takes gzip as one compressed piece. Whoever answers writes as usual; what is written is held until
 * the end, because an answer of ours is whole before its first byte is of use. Answers of other types, parts of files, and those that
 * are encoded already pass as they come.
 */
export function compressAnswer(request: IncomingMessage, response: ServerResponse): void {
  const { write, end, flushHeaders, writeHead } = response;
  const takesIt = request.method !== 'HEAD' && takesGzip(request.headers['accept-encoding']);
  const held: Buffer[] = [];
  let isHolding: boolean | undefined;

  /** Decided once, when the first byte or the headers are about to go. */
  function holds(): boolean {
    isHolding ??= isCompressible(response) && takesIt;
    if (!isHolding) Object.assign(response, { write, end, flushHeaders, writeHead });
    return isHolding;
  }

  const replaced: Pick<ServerResponse, 'write' | 'end' | 'flushHeaders' | 'writeHead'> = {
    flushHeaders: () => {
      if (!holds()) response.flushHeaders();
    },
    writeHead: (...given: unknown[]) => {
      Object.assign(response, { write, end, flushHeaders, writeHead });
      return Reflect.apply(writeHead, response, given);
    },
    write: (...given: unknown[]) => {
      if (!holds()) return Reflect.apply(write, response, given);
      const { chunk, callback } = partsOf(given);
      if (chunk) held.push(chunk);
      if (callback) process.nextTick(callback);
      return true;
    },
    end: (...given: unknown[]) => {
      if (!holds()) return Reflect.apply(end, response, given);
      const { chunk, callback } = partsOf(given);
      if (chunk) held.push(chunk);
      Object.assign(response, { write, end, flushHeaders, writeHead });
      return Reflect.apply(end, response, [encoded(request, response, Buffer.concat(held)), callback]);
    },
  };
  Object.assign(response, replaced);
}

/** The arguments of `write` and `end`, of which Node lets every one be left out. */
function partsOf(given: readonly unknown[]): { chunk?: Buffer; callback?: () => void } {
  const [chunk, encoding] = given;
  const callback = given.find((one): one is () => void => typeof one === 'function');
  const named = typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
  return {
    ...(typeof chunk === 'string' && { chunk: Buffer.from(chunk, named) }),
    // Copied: whoever wrote it may use its memory again.
    ...(chunk instanceof Uint8Array && { chunk: Buffer.from(chunk) }),
    ...(callback && { callback }),
  };
}

function encoded({ url = '/' }: IncomingMessage, response: ServerResponse, plain: Buffer): Buffer {
  if (plain.length < leastBytes) return plain;
  const path = url.split('?', 1)[0] ?? '/';
  const isFile = response.statusCode === 200 && String(response.getHeader('Cache-Control')).includes('immutable');
  const bytes = (isFile && files.get(path)) || gzipSync(plain, { level: isFile ? fileLevel : pageLevel });
  if (isFile) files.set(path, bytes);
  response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Length', bytes.length);
  return bytes;
}

function isCompressible(response: ServerResponse): boolean {
  const type = response.getHeader('Content-Type');
  if (typeof type !== 'string' || !compressible.test(type)) return false;
  response.appendHeader('Vary', 'Accept-Encoding');
  const isPlain = !response.hasHeader('Content-Encoding') && !response.hasHeader('Content-Range');
  return isPlain && response.statusCode !== 204 && response.statusCode !== 304;
}

/** RFC 9110 section 12.5.3; of the weights only 0 matters to a server that offers one encoding. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  const offers = new Map(
    String(accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((offer): [string, number] => {
        const [name = '', weight = '1'] = offer.trim().split(/\s*;\s*q=/);
        return [name, Number(weight)];
      }),
  );
  return (offers.get('gzip') ?? offers.get('*') ?? 0) > 0;
}
