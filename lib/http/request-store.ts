import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Segment } from '#lib/domain/contract-outline.ts';
import { compressAnswer } from './compression.ts';
import { dropNavigation, type Forwarded, takeForwarded } from './inbound-headers.ts';
import { processWide } from './process-wide.ts';
import { type RouteClass, routeClassOf } from './route-class.ts';
import { pageContentSecurityPolicy, setSecurityHeaders } from './security-headers.ts';

/** A contract as a page shows it. */
export type KeptContract = { displayText: string; segments: readonly Segment[] };

/** What Next hides from routes and pages: the socket's own address, the headers as they came, and the raw response. */
export type RequestStore = {
  requestId: string;
  peer?: string;
  port?: number;
  forwarded: Forwarded;
  headers: { cookie?: string; userAgent?: string; acceptLanguage?: string; clientHints?: Record<string, string> };
  /** Next gives a page no way to set its status; this does. */
  response: { statusCode: number; setHeader(name: string, value: string): unknown };
  /** From the page to the client component that shows it: `kept-contract.ts`. */
  contract?: KeptContract;
};

const shared = processWide('request-store', () => ({
  storage: new AsyncLocalStorage<RequestStore>(),
  isListening: false,
}));

/** The store of the request being answered. Absent means that the hook did not run, and then no address may be believed. */
export function requestStore(): RequestStore {
  const store = shared.storage.getStore();
  if (!store) throw new Error('no request store: instrumentation.ts did not run for this server');
  return store;
}

/** Runs `work` as if it answered this request; for tests that call a handler without a server. */
export function withRequestStore<T>(store: RequestStore, work: () => T): T {
  return shared.storage.run(store, work);
}

/** What routes and pages can be asked with; nothing of ours takes PUT or PATCH, and both are refused by name. */
const answeredMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

type Options = {
  isProduction: boolean;
  /** True under the development server, whose pages need more of their policy. */
  isHot: boolean;
  clientPortHeader?: string | undefined;
  /** Called when an answer has been handed to the network. */
  onAnswer(answer: Answer): void;
};

/** One answered request without anything personal: the address only as its class. */
export type Answer = { requestId: string; method: string; route: RouteClass; status: number; durationMs: number };

/**
 * Listens to every request of this process before Next sees it: takes away the headers that only a proxy or Next itself may set,
 * remembers the socket's peer, and gives the answer its id and security headers.
 */
export function listenToRequests(options: Options): void {
  if (shared.isListening) return;
  shared.isListening = true;
  const begun = new WeakMap<ServerResponse, Omit<Answer, 'status' | 'durationMs'> & { startedAt: number }>();
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const { method = 'GET' } = request;
    const url = decodable(request.url ?? '/');
    request.url = url;
    // Next answers 500 to a method that the Fetch standard forbids; by this name it meets our own 405.
    if (!answeredMethods.has(method)) request.method = 'PATCH';
    const route = routeClassOf(url);
    const store = receive(request, response, options);
    if (pageClasses.has(route)) givePolicy(request, response, { ...options, isOffline: route === 'verify' });
    if (!options.isHot) compressAnswer(request, response);
    begun.set(response, { requestId: store.requestId, method, route, startedAt: performance.now() });
    shared.storage.enterWith(store);
  });
  subscribe('http.server.response.finish', (message) => {
    const { response } = message as { response: ServerResponse };
    const start = begun.get(response);
    if (!start) return;
    const { startedAt, ...request } = start;
    options.onAnswer({
      ...request,
      status: response.statusCode,
      durationMs: Math.round(performance.now() - startedAt),
    });
  });
}

/** Next answers a bare 500 to an address whose escapes are no UTF-8; with its percent signs escaped it is an unknown address. */
function decodable(target: string): string {
  const [path = '/', ...query] = target.split('?');
  try {
    decodeURIComponent(path);
    return target;
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?');
  }
}

function receive(request: IncomingMessage, response: ServerResponse, options: Options): RequestStore {
  const forwarded = takeForwarded(request.headers, options.clientPortHeader);
  if (!mayNavigate(request, options)) dropNavigation(request.headers);
  const requestId = `req_${randomBytes(12).toString('base64url')}`;
  response.setHeader('X-Request-Id', requestId);
  setSecurityHeaders(response, request.url ?? '/', options.isProduction);
  return {
    requestId,
    ...peerOf(request),
    forwarded,
    headers: readableHeaders(request),
    response,
  };
}

/** What Next renders; route handlers of ours bring policies of their own, and files need none. */
const pageClasses: ReadonlySet<RouteClass> = new Set([
  'sign_page',
  'dashboard_page',
  'return',
  'docs',
  'verify',
  'other',
]);

/** A policy with a nonce that nobody has seen before. Next takes the nonce for its scripts from the request's copy. */
function givePolicy(
  { headers }: IncomingMessage,
  response: ServerResponse,
  options: Pick<Options, 'isHot'> & { isOffline: boolean },
): void {
  const policy = pageContentSecurityPolicy(randomBytes(16).toString('base64'), options);
  headers['content-security-policy'] = policy;
  response.setHeader('Content-Security-Policy', policy);
}

/** The development server's hot reload, and whoever is signed in on the dashboard. */
function mayNavigate({ url = '/', headers }: IncomingMessage, { isHot }: Options): boolean {
  return isHot || (routeClassOf(url) === 'dashboard_page' && headers.cookie !== undefined);
}

function peerOf({ socket }: IncomingMessage): Pick<RequestStore, 'peer' | 'port'> {
  const { remoteAddress: peer, remotePort: port } = socket;
  return { ...(peer !== undefined && { peer }), ...(port !== undefined && { port }) };
}

function readableHeaders({ headers }: IncomingMessage): RequestStore['headers'] {
  const { cookie, 'user-agent': userAgent, 'accept-language': acceptLanguage } = headers;
  const clientHints = clientHintNames.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : []));
  return {
    ...(cookie !== undefined && { cookie }),
    ...(userAgent !== undefined && { userAgent }),
    ...(acceptLanguage !== undefined && { acceptLanguage }),
    ...(clientHints.length > 0 && { clientHints: Object.fromEntries(clientHints) }),
  };
}

/** Those that a browser sends without being asked; the others would have to be asked for, and tell people apart. */
const clientHintNames = ['sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform'];
