import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sandboxStallMs } from '#lib/domain/sandbox-lender.ts';
import type { CheckSettings } from './check-terms.ts';
import { type JudgementRules, judge, knownDebt } from './judgement.ts';
import { type Entry, Ledger } from './ledger.ts';
import { readReceived } from './received-request.ts';
import { RecordFile } from './record-file.ts';
import { deliver, type ReplyTerms, respondJson } from './reply-delivery.ts';
import { checkRequest } from './request-check.ts';
import { tokenChecker } from './token-check.ts';

export type SandboxLenderOptions = {
  /** 0 takes any free port. */
  port: number;
  /** JSON lines, one per request; created when missing, read back when not. */
  dataFile: string;
  clientPublicKeyPem: string;
  apiClientKey: string;
  isStrict: boolean;
  /** Defaults to the system's. */
  clock?: () => Date;
  /** How long the stalling row stalls; for tests. */
  stallMs?: number;
  /** Answers what is not the lender's to answer, and says whether it did: other parts of the sandbox live at the same address. */
  besides?: (request: IncomingMessage, response: ServerResponse) => boolean;
};

export type SandboxLender = {
  url: string;
  /** Signs the replies to requests of the older scheme; new at every start. */
  replyPublicKeyPem: string;
  /** Refuses new requests, drops those under way, and leaves the record whole. */
  stop(): Promise<void>;
};

type Twin = JudgementRules & ReplyTerms & { settings: CheckSettings; record: RecordFile };

/**
 * A lender of our own that behaves as QI Tech's documents say, on loopback only. It checks every request as strictly as they
 * allow, writes down what it received byte for byte before it answers, and misbehaves for the CPFs of the published table.
 * Throws when the port is taken, the key is no P-521 key, or the data file is damaged before its last line.
 */
export async function startSandboxLender(options: SandboxLenderOptions): Promise<SandboxLender> {
  const { apiClientKey, isStrict, clock = () => new Date() } = options;
  const ledger = new Ledger();
  const checkToken = await tokenChecker(options.clientPublicKeyPem);
  const replyPair = generateKeyPairSync('ec', { namedCurve: 'P-521' });
  const record = await RecordFile.open(options.dataFile, (line, place) =>
    ledger.add(entryIn(line, options.dataFile, place.offset), place),
  );
  const twin: Twin = {
    ledger,
    apiClientKey,
    isStrict,
    settings: { apiClientKey, checkToken },
    record,
    replyKey: replyPair.privateKey,
    stallMs: options.stallMs ?? sandboxStallMs,
    stalls: new Set(),
  };
  const server = createServer((request, response) => {
    if (options.besides?.(request, response)) return;
    // A record that can no longer be written, or a sender that went away: nobody is answered, and nothing else stops.
    handle(request, response, clock, twin).catch(() => response.destroy());
  });
  const port = await listen(server, options.port).catch(async (error: unknown) => {
    await record.close();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    replyPublicKeyPem: replyPair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stall of twin.stalls) clearTimeout(stall);
      server.closeAllConnections();
      await closed;
      await record.close();
    },
  };
}

function entryIn(line: string, file: string, offset: number): Entry {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`${file} is damaged at byte ${offset}: this line is no JSON. Move the file away to start afresh.`);
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  clock: () => Date,
  twin: Twin,
): Promise<void> {
  const shownKey = /^\/sandbox\/debts\/([A-Za-z0-9_-]{1,64})$/.exec(incoming.url ?? '')?.[1];
  if (incoming.method === 'GET' && shownKey !== undefined) return await showDebt(shownKey, response, twin);
  const request = await readReceived(incoming, clock);
  if (!request) return respondJson(response, 413, { title: 'Payload too large' });
  const check = await checkRequest(request, twin.settings);
  const { reply, verdict, debtKey, debtStatus } = judge(request, check, twin);
  const entry: Entry = {
    at: request.at.toISOString(),
    method: request.method,
    path: request.uri,
    headers: request.headers,
    bodyBase64: request.body.toString('base64'),
    verdict,
    ...(debtKey === undefined ? {} : { debtKey }),
    ...(debtStatus === undefined ? {} : { debtStatus }),
  };
  const { place, stored } = twin.record.append(JSON.stringify(entry));
  twin.ledger.add(entry, place);
  await stored;
  deliver(reply, { request, check, response }, twin);
}

/** `GET /sandbox/debts/{key}`: the state and every request that named this debt, as the record has them. */
async function showDebt(debtKey: string, response: ServerResponse, twin: Twin): Promise<void> {
  const places = twin.ledger.find(debtKey)?.places ?? [];
  const lines = await Promise.all(places.map((place) => twin.record.read(place)));
  const received = lines.map((line) => {
    const { at, method, path, headers, bodyBase64, verdict }: Entry = JSON.parse(line);
    return { at, method, path, headers, bodyBase64, verdict };
  });
  const debt = knownDebt(debtKey, twin);
  respondJson(response, debt ? 200 : 404, { status: debt?.status ?? 'unknown', received });
}
