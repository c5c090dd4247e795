import type { LenderAuthScheme } from '#lib/domain/settings.ts';
import type { LenderExchange } from '#lib/providers/lender.ts';
import { readPrivateKey, readPublicKey } from './client-keys.ts';
import { encodedBody } from './encoded-body.ts';
import { type ReadReply, readReply } from './reply.ts';
import type { EmptyPayload, RequestAuthentication } from './request-authentication.ts';
import { signedHeader } from './signed-header.ts';
import { sendOnce, type WireLimits, type WireResult, wireLimits } from './wire.ts';

export type CallOptions = {
  baseUrl: string;
  apiClientKey: string;
  privateKeyPem: string;
  /** With it every reply that decides something must be signed; without it signatures are not demanded. */
  lenderPublicKeyPem?: string;
  authScheme: LenderAuthScheme;
  emptyPayload: EmptyPayload;
  /** Real time, also where a sandbox moves the database's clock: the lender compares it with its own. */
  clock: () => Date;
  /** For tests; the defaults are the promise. */
  limits?: Partial<WireLimits>;
};

/** `path` starts below the base address and carries the query. */
export type Call = { method: 'GET' | 'POST'; path: string; body?: Uint8Array };

/** `earlier`: the refusal after which the same call was signed again. */
export type Answer = { exchange: LenderExchange; skewMs: number; earlier?: Answer } & (
  | { ok: true; reply: ReadReply }
  | { ok: false; reason: string }
);

/** Beyond this our clock explains a 401, so the request is signed once more by the lender's. */
const clockSkewMsMax = 60_000;

/**
 * Makes authenticated calls to one lender. A call refused with 401 or 403 while the lender's `Date` is far from ours is
 * signed again once, by its clock: refused means not stored, so the second send of the same bytes doubles nothing.
 */
export function callerOf(options: CallOptions): (call: Call) => Promise<Answer> {
  const attempt = attempterOf(options);
  return async (call) => {
    const first = await attempt(call, 0);
    const isRefused = first.exchange.httpStatus === 401 || first.exchange.httpStatus === 403;
    if (!isRefused || Math.abs(first.skewMs) <= clockSkewMsMax) return first;
    return { ...(await attempt(call, first.skewMs)), earlier: first };
  };
}

/** One signed request over the wire; `offsetMs` is added to our clock for everything that is signed or checked. */
function attempterOf(options: CallOptions): (call: Call, offsetMs: number) => Promise<Answer> {
  const { apiClientKey, clock } = options;
  const base = new URL(options.baseUrl);
  const authenticate = authenticationOf(options);
  const limits = { ...wireLimits, ...options.limits };
  const lenderPublicKey = options.lenderPublicKeyPem ? readPublicKey(options.lenderPublicKeyPem) : undefined;
  const now = (offsetMs: number) => new Date(clock().getTime() + offsetMs);
  return async ({ method, path, body }, offsetMs) => {
    const url = new URL(`${base.pathname.replace(/\/+$/, '')}${path}`, base);
    const uri = `${url.pathname}${url.search}`;
    const startedAt = clock();
    const request = authenticate({ method, uri, at: now(offsetMs), ...(body ? { body } : {}) });
    const wire = await sendOnce({ ...request, method, url, headers: plainHeaders(request) }, limits);
    const endedAt = clock();
    const exchange = exchangeOf(wire, { startedAt, endedAt, apiClientKey });
    const skewMs = skewOf(wire, endedAt);
    if (wire.kind === 'failed') return { ok: false, reason: wire.reason, exchange, skewMs };
    const expectation = {
      method,
      uri,
      at: now(offsetMs),
      apiClientKey,
      ...(lenderPublicKey ? { lenderPublicKey } : {}),
    };
    return { ok: true, reply: readReply(wire.head, wire.body, expectation), exchange, skewMs };
  };
}

function authenticationOf(options: CallOptions): RequestAuthentication {
  const { apiClientKey, emptyPayload } = options;
  if (apiClientKey === '') throw new Error('The integration key of the lender is empty.');
  const privateKey = readPrivateKey(options.privateKeyPem);
  return options.authScheme === 'encoded-body'
    ? encodedBody({ apiClientKey, privateKey })
    : signedHeader({ apiClientKey, privateKey, emptyPayload });
}

function plainHeaders(request: { headers: Record<string, string>; body?: Uint8Array }): Record<string, string> {
  const plain = { Accept: 'application/json', 'Accept-Encoding': 'identity', 'User-Agent': 'aceite' };
  return { ...plain, ...(request.body ? { 'Content-Type': 'application/json' } : {}), ...request.headers };
}

/** How far the lender's clock is ahead of ours by its `Date` header; 0 when it sent none that can be read. */
function skewOf(wire: WireResult, endedAt: Date): number {
  const date = Date.parse(wire.head?.headers.date ?? '');
  return Number.isNaN(date) ? 0 : date - endedAt.getTime();
}

/** Reply headers that never enter a record: they carry the integration key or somebody's session. */
const secretHeaders = ['api-client-key', 'authorization', 'set-cookie'];

function exchangeOf(
  wire: WireResult,
  { startedAt, endedAt, apiClientKey }: { startedAt: Date; endedAt: Date; apiClientKey: string },
): LenderExchange {
  const headers = Object.entries(wire.head?.headers ?? {}).filter(([name]) => !secretHeaders.includes(name));
  return {
    startedAt,
    endedAt,
    requestMayHaveArrived: wire.mayHaveArrived,
    ...(wire.head ? { httpStatus: wire.head.status, replyHeaders: Object.fromEntries(headers) } : {}),
    ...(wire.body.length > 0 ? { replyBody: keyMaskedIn(wire.body, apiClientKey) } : {}),
  };
}

/** The same length with the key starred out: an authentication error of the lender repeats it. */
function keyMaskedIn(body: Buffer, apiClientKey: string): Uint8Array {
  const text = body.toString('latin1');
  return Buffer.from(text.replaceAll(apiClientKey, '*'.repeat(apiClientKey.length)), 'latin1');
}
