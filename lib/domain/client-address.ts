import { type ForwardedHop, forwardedForHops, forwardedHops, portNumber } from './forwarded-header.ts';
import { formatIpAddress, type IpAddress, parseIpAddress } from './ip-address.ts';
import { type Cidr, isInRange } from './ip-range.ts';

/** Longer chains are no network that anyone built; the walk stops there. */
const hopsMax = 32;

export type Connection = {
  /** The socket's own peer, the only thing that nobody can forge. */
  peer: string | undefined;
  peerPort: number | undefined;
  /** Raw headers; several of one name joined with commas, as HTTP allows. */
  forwardedFor: string | undefined;
  forwarded: string | undefined;
  /** The header that the setting CLIENT_PORT_HEADER names. */
  portHeader: string | undefined;
  trustedProxies: readonly Cidr[];
};

/**
 * `direct`: the peer is no trusted proxy, and its own address and port are the client's; no header was read. `trusted_proxy`: each address
 * was named by a trusted proxy, from the peer on, until the first that is none. `untrusted`: that chain broke (no header, an item that is no
 * address, trusted proxies only, two headers that disagree); `ip` is then the last address that can be vouched for, a proxy's.
 * `hops` counts the trusted proxies passed. `ip` is absent when the peer is unknown.
 */
export type ClientAddress = {
  ip?: string;
  sourcePort?: number;
  trust: 'direct' | 'trusted_proxy' | 'untrusted';
  hops: number;
};

/**
 * Finds the client's address: from the right, because whatever stands left of the first untrusted hop is the client's own word. When
 * both headers are there they must name the same client: a proxy that writes one passes the other on as the client sent it.
 */
export function clientAddress(connection: Connection): ClientAddress {
  const { trustedProxies } = connection;
  const peer = connection.peer === undefined ? undefined : parseIpAddress(connection.peer);
  if (peer === undefined) return { trust: 'untrusted', hops: 0 };
  const peerAddress = { ip: formatIpAddress(peer), ...port(portNumber(connection.peerPort?.toString())) };
  if (!isTrusted(peer, trustedProxies)) return { ...peerAddress, trust: 'direct', hops: 0 };

  const [first, second] = chainsOf(connection).map((chain) => walk(peer, chain, trustedProxies));
  const isAgreed = second === undefined || (second.trust === 'trusted_proxy' && second.ip === first?.ip);
  if (first === undefined || !isAgreed) return { ...peerAddress, trust: 'untrusted', hops: 1 };
  if (first.trust === 'untrusted') return first.hops === 1 ? { ...first, ...peerAddress } : first;
  return { ...first, ...port(first.sourcePort ?? second?.sourcePort ?? portNumber(connection.portHeader?.trim())) };
}

function chainsOf({ forwardedFor, forwarded }: Connection): (ForwardedHop | undefined)[][] {
  return [
    ...(forwardedFor === undefined ? [] : [forwardedForHops(forwardedFor)]),
    ...(forwarded === undefined ? [] : [forwardedHops(forwarded) ?? []]),
  ];
}

function walk(peer: IpAddress, chain: readonly (ForwardedHop | undefined)[], trusted: readonly Cidr[]): ClientAddress {
  let vouched = peer;
  let hops = 1;
  for (const hop of chain.toReversed().slice(0, hopsMax)) {
    const address = hop && parseIpAddress(hop.address);
    if (address === undefined) break;
    if (!isTrusted(address, trusted)) {
      return { ip: formatIpAddress(address), ...port(hop?.port), trust: 'trusted_proxy', hops };
    }
    vouched = address;
    hops += 1;
  }
  return { ip: formatIpAddress(vouched), trust: 'untrusted', hops };
}

function port(sourcePort: number | undefined): { sourcePort?: number } {
  return sourcePort === undefined ? {} : { sourcePort };
}

function isTrusted(address: IpAddress, trustedProxies: readonly Cidr[]): boolean {
  return trustedProxies.some((range) => isInRange(address, range));
}
