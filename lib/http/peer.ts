import { clientAddress } from '#lib/domain/client-address.ts';
import { type Cidr, isPublicAddress, parseCidr } from '#lib/domain/ip-range.ts';
import { program, type RequestFacts } from '#lib/program.ts';
import { type RequestStore, requestStore } from './request-store.ts';

/**
 * What the server saw of the request being answered: the socket's peer, and the client's address as far as trusted proxies vouch for it.
 * Throws when the hook did not run: evidence that names nobody is worse than no answer.
 */
export function requestFacts(): RequestFacts {
  const store = requestStore();
  const { ip, sourcePort, trust } = clientAddress({
    peer: store.peer,
    peerPort: store.port,
    forwardedFor: store.forwarded.xForwardedFor,
    forwarded: store.forwarded.forwarded,
    portHeader: store.forwarded.clientPort,
    trustedProxies: rangesOf(program().config.trustedProxies),
  });
  return {
    requestId: store.requestId,
    ipTrust: trust,
    isPublicAddress: trust !== 'untrusted' && ip !== undefined && isPublicAddress(ip),
    socketPeer: store.peer ?? 'unknown',
    ...(ip !== undefined && { ip }),
    ...(sourcePort !== undefined && { sourcePort }),
    ...(store.port !== undefined && { socketPort: store.port }),
    ...rawForwarded(store),
    ...readable(store),
  };
}

/** Longer header values are kept cut: they are the client's words, and evidence has a size. */
const headerLengthMax = 1_000;

function rawForwarded({ forwarded }: RequestStore): Pick<RequestFacts, 'rawForwarded'> {
  const lines = [
    ...(forwarded.xForwardedFor === undefined ? [] : [`X-Forwarded-For: ${forwarded.xForwardedFor}`]),
    ...(forwarded.forwarded === undefined ? [] : [`Forwarded: ${forwarded.forwarded}`]),
  ];
  return lines.length === 0 ? {} : { rawForwarded: kept(lines.join('\n')) };
}

function readable({ headers }: RequestStore): Pick<RequestFacts, 'userAgent' | 'acceptLanguage' | 'clientHints'> {
  return {
    ...(headers.userAgent !== undefined && { userAgent: kept(headers.userAgent) }),
    ...(headers.acceptLanguage !== undefined && { acceptLanguage: kept(headers.acceptLanguage) }),
    ...(headers.clientHints && { clientHints: keptEach(headers.clientHints) }),
  };
}

/** Node hands out header bytes as Latin-1; what is no visible character of it becomes a question mark. */
function kept(value: string): string {
  return value.slice(0, headerLengthMax).replace(/[^\t\n\x20-\x7e\u00a0-\u00ff]/g, '?');
}

function keptEach(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, kept(value)]));
}

let parsed: { texts: readonly string[]; ranges: Cidr[] } | undefined;

/** The setting never changes while the process lives, so it is parsed once. */
function rangesOf(texts: readonly string[]): readonly Cidr[] {
  if (parsed?.texts !== texts) {
    const ranges = texts.map(parseCidr).flatMap((cidr) => (cidr.ok ? [cidr.value] : []));
    parsed = { texts, ranges };
  }
  return parsed.ranges;
}
