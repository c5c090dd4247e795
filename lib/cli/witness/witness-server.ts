import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseAddCheckpoint } from '#lib/evidence/log/add-checkpoint.ts';
import { cosign } from '#lib/evidence/log/cosignature.ts';
import { judgeCheckpoint } from '#lib/evidence/log/judge-checkpoint.ts';
import { formatSignatureLine } from '#lib/evidence/log/signed-note.ts';
import type { VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { WitnessFolder } from './witness-folder.ts';
import { witnessPage } from './witness-page.ts';

/** A checkpoint with its proof has a few kilobytes. */
const bodyBytesMax = 64 * 1024;
/** For a whole request; a log's worker sits on a server and is not slow. */
const requestTimeoutMs = 10_000;
/** Node looks every half a minute unless told otherwise, and a slow request would live as long. */
const checkEveryMs = 1_000;
/** A witness has a handful of logs; more connections than this are somebody who wants it to choke. */
const connectionsMax = 100;
const text = 'text/plain; charset=utf-8';

export type WitnessOptions = {
  folder: WitnessFolder;
  /** The keys of the logs that are watched. */
  logs: readonly VerifierKey[];
  clock: () => Date;
  /** Hears of what a person should look into. */
  warn(sentence: string): void;
  /** For a test; the default is the promise. */
  requestTimeoutMs?: number;
};

type Answer = { status: number; type: string; body: string };

/** The witness over HTTP: `POST /add-checkpoint` of c2sp.org/tlog-witness, and `GET /` for people. It does not listen yet. */
export function witnessServer(options: WitnessOptions): Server {
  // Judging and remembering are one step: between them nothing else may be judged.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (body: Uint8Array): Promise<Answer> => {
    const answer = turn.then(() => addCheckpoint(body, options));
    turn = answer.catch(() => undefined);
    return answer;
  };
  const { requestTimeoutMs: timeoutMs = requestTimeoutMs } = options;
  const server = createServer(
    { requestTimeout: timeoutMs, headersTimeout: timeoutMs, connectionsCheckingInterval: checkEveryMs },
    (request, response) => {
      answerTo(request, options, inTurn).then(
        (answer) => send(response, answer, request),
        (error: unknown) => {
          // Whoever does not send a request to its end gets no answer, and nobody needs to hear of it.
          if (request.destroyed && !request.complete) return;
          options.warn(
            `A request failed, and nothing was signed: ${error instanceof Error ? error.message : String(error)}`,
          );
          send(response, said(500, 'The witness has a fault. Nothing was signed.'), request);
        },
      );
    },
  );
  server.maxConnections = connectionsMax;
  return server;
}

async function answerTo(
  request: IncomingMessage,
  options: WitnessOptions,
  inTurn: (body: Uint8Array) => Promise<Answer>,
): Promise<Answer> {
  const path = (request.url ?? '').split('?')[0];
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (path === '/') {
    if (method !== 'GET') return said(405, 'This page can only be read.');
    return { status: 200, type: text, body: witnessPage(options) };
  }
  if (path !== '/add-checkpoint') return said(404, 'There is nothing here but / and /add-checkpoint.');
  if (method !== 'POST') return said(405, 'A checkpoint is sent with POST.');
  const body = await readBody(request);
  return body ? await inTurn(body) : said(413, `A request has at most ${bodyBytesMax} bytes.`);
}

async function addCheckpoint(body: Uint8Array, { folder, logs, clock, warn }: WitnessOptions): Promise<Answer> {
  const request = parseAddCheckpoint(body);
  if (!request) return said(400, 'This is no request of add-checkpoint.');
  const judgement = await judgeCheckpoint(request, logs, folder.seenOf);
  if (!judgement.ok) {
    if (judgement.code === 'forked') {
      const { origin, size } = judgement;
      const fork = await folder.keepFork(origin, size, request.checkpoint);
      warn(`${origin} has signed two different trees of ${size} entries. Both are in ${fork}: they prove it.`);
    }
    if ('size' in judgement) return { status: 409, type: 'text/x.tlog.size', body: `${judgement.size}\n` };
    const [status, sentence] = refusals[judgement.code];
    return said(status, sentence);
  }
  await folder.remember(judgement.checkpoint.origin, request.checkpoint);
  const seconds = Math.floor(clock().getTime() / 1000);
  const signature = await cosign(judgement.text, folder.key, seconds, folder.sign);
  return { status: 200, type: text, body: formatSignatureLine(signature) };
}

const refusals = {
  malformed_request: [400, 'This is no checkpoint, or it is smaller than the old size.'],
  unknown_log: [404, 'This log is not watched here.'],
  signature_refused: [403, 'No key that is trusted for this log has signed the checkpoint.'],
  proof_refused: [422, 'The proof does not show that the checkpoint extends the last one.'],
} as const;

/** Undefined when there is more than a request may have. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let received = 0;
  // Destroying the request would take the way for the answer with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const said = (status: number, sentence: string): Answer => ({ status, type: text, body: `${sentence}\n` });

function send(response: ServerResponse, { status, type, body }: Answer, request: IncomingMessage): void {
  const bytes = Buffer.from(body);
  // What was not read to its end cannot be followed by another request.
  const isUnread = !request.complete;
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 && { Allow: request.url === '/' ? 'GET, HEAD' : 'POST' }),
    ...(isUnread && { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
