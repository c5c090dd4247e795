import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sandboxStallMs } from '#lib/domain/sandbox-lender.ts';
import type { CheckSettings } from './check-terms.ts';
import type { Judgement } from './debt-request.ts';
import { type JudgementRules, judge, knownDebt } from './judgement.ts';
import { type Entry, Ledger } from './ledger.ts';
import type { NoticeTarget } from './notice-post.ts';
import { Notices } from './notices.ts';
import { type ReceivedRequest, readReceived } from './received-request.ts';
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
  /** PEM, P-521. Signs replies of the older scheme, and notices; absent: a new one at every start. */
  lenderPrivateKeyPem?: string;
  /** Where the lender's own notices go; absent: it posts none. */
  notify?: NoticeTarget;
  /** Defaults to the system's. */
  clock?: () => Date;
  /** How long the stalling row stalls; for tests. */
  stallMs?: number;
  /** Answers what is not the lender's to answer, and says whether it did: other parts of the sandbox live at the same address. */
  besides?: (request: IncomingMessage, response: ServerResponse) => boolean;
};

export type SandboxLender = {
  url: string;
  /** Of the key that signs replies to requests of the older scheme, and notices. */
  replyPublicKeyPem: string;
  /** Refuses new requests, drops those under way, and leaves the record whole. */
  stop(): Promise<void>;
};

type Twin = JudgementRules & ReplyTerms & { settings: CheckSettings; record: RecordFile; notices: Notices | undefined };

/**
 * A lender of our own that behaves as QI Tech's documents say, on loopback only. It checks every request as strictly as they
 * allow, writes down what it received byte for byte before it answers, and misbehaves for the CPFs of the published table.
 * Throws when the port is taken, the key is no P-521 key, or the data file is damaged before its last line.
 */
export async function startSandboxLender(options: SandboxLenderOptions): Promise<SandboxLender> {
  const { apiClientKey, isStrict, clock = () => new Date() } = options;
  const ledger = new Ledger();
  const checkToken = await tokenChecker(options.clientPublicKeyPem);
  const replyKey = lenderKey(options.lenderPrivateKeyPem);
  const record = await RecordFile.open(options.dataFile, (line, place) =>
    ledger.add(entryIn(line, options.dataFile, place.offset), place),
  );
  const settings = { apiClientKey, checkToken };
  const { notify: target } = options;
  const twin: Twin = {
    ledger,
    notices: target && new Notices({ target, clock, settings, apiClientKey, replyKey }),
    apiClientKey,
    isStrict,
    settings,
    record,
    replyKey,
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
    replyPublicKeyPem: createPublicKey(replyKey).export({ type: 'spki', format: 'pem' }).toString(),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stall of twin.stalls) clearTimeout(stall);
      twin.notices?.stop();
      server.closeAllConnections();
      await closed;
      await record.close();
    },
  };
}

function lenderKey(pem: string | undefined): KeyObject {
  return pem === undefined ? generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey : createPrivateKey(pem);
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
  const cancelledKey = /^\/sandbox\/debts\/([A-Za-z0-9_-]{1,64})\/cancel$/.exec(incoming.url ?? '')?.[1];
  const request = await readReceived(incoming, clock);
  if (!request) return respondJson(response, 413, { title: 'Payload too large' });
  if (request.method === 'POST' && cancelledKey !== undefined) {
    await note(request, cancelledByHand(cancelledKey), twin);
    return respondJson(response, 200, { status: 'canceled' });
  }
  const check = await checkRequest(request, twin.settings);
  const judgement = judge(request, check, twin);
  await note(request, judgement, twin);
  deliver(judgement.reply, { request, check, response }, twin);
}

/** `POST /sandbox/debts/{key}/cancel`: the lender cancels by itself, whatever state the debt is in, and tells of it. */
function cancelledByHand(debtKey: string): Omit<Judgement, 'reply'> {
  const notices = { states: ['canceled'], manner: 'punctual' } as const;
  return { verdict: 'canceled_by_hand', debtKey, debtStatus: 'canceled', notices };
}

/** Writes the request and what was made of it down; then the lender may tell of it. */
async function note(request: ReceivedRequest, judgement: Omit<Judgement, 'reply'>, twin: Twin): Promise<void> {
  const { verdict, debtKey, debtStatus, notices } = judgement;
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
  if (debtKey !== undefined && notices) twin.notices?.tell(debtKey, notices);
}

/** `GET /sandbox/debts/{key}`: the state and every request that named this debt, as the record has them, and what was posted about it. */
async function showDebt(debtKey: string, response: ServerResponse, twin: Twin): Promise<void> {
  const places = twin.ledger.find(debtKey)?.places ?? [];
  const lines = await Promise.all(places.map((place) => twin.record.read(place)));
  const received = lines.map((line) => {
    const { at, method, path, headers, bodyBase64, verdict }: Entry = JSON.parse(line);
    return { at, method, path, headers, bodyBase64, verdict };
  });
  const debt = knownDebt(debtKey, twin);
  const notices = twin.notices?.sentAbout(debtKey) ?? [];
  respondJson(response, debt ? 200 : 404, { status: debt?.status ?? 'unknown', received, notices });
}
