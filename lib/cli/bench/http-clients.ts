import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { benchPortalUrl } from './bench-portal.ts';

export type BenchRequest = {
  method: 'GET' | 'POST';
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
  /** Any other status ends the run: a figure of refusals would be worth nothing. */
  status: number;
};

/** The body is as it was sent: compressed where the server did that. */
export type BenchAnswer = { body: Buffer; isCompressed: boolean };

export type HttpClients = { ask(question: BenchRequest): Promise<BenchAnswer>; end(): void };

/** What a proxy passes on of a phone's request. */
const browserHeaders = {
  Host: new URL(benchPortalUrl).host,
  'X-Forwarded-For': '203.0.113.7',
  'User-Agent':
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'Accept-Language': 'pt-BR,pt;q=0.9,en;q=0.8',
  'Accept-Encoding': 'gzip',
} satisfies OutgoingHttpHeaders;

/** Callers of a web process on this machine, over so many connections that stay open. */
export function openClients(port: number, connections: number): HttpClients {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return { ask: (question) => ask(agent, port, question), end: () => agent.destroy() };
}

function ask(agent: Agent, port: number, question: BenchRequest): Promise<BenchAnswer> {
  const { method, path, headers, body, status } = question;
  const { promise, resolve, reject } = Promise.withResolvers<BenchAnswer>();
  const place = { agent, host: '127.0.0.1', port, method, path };
  const sent = request({ ...place, headers: { ...browserHeaders, ...lengthOf(body), ...headers } }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => {
      const answer = Buffer.concat(chunks);
      const isCompressed = response.headers['content-encoding'] === 'gzip';
      if (response.statusCode === status) return resolve({ body: answer, isCompressed });
      reject(new Error(`${method} ${path} answered ${response.statusCode}: ${answer.toString().slice(0, 500)}`));
    });
  });
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

const lengthOf = (body: string | undefined) =>
  body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
