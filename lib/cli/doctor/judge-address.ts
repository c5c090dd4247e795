import { type ForwardedHop, forwardedForHops, forwardedHops } from '#lib/domain/forwarded-header.ts';
import { formatIpAddress, parseIpAddress } from '#lib/domain/ip-address.ts';
import { isPublicAddress } from '#lib/domain/ip-range.ts';
import type { SeenAddress } from '#lib/schema/address-probe.ts';
import { type Finding, failed, notChecked, ok, warning } from './check.ts';

/** The client's word about its own address, from a range that belongs to nobody (RFC 5737): it must never be believed. */
export const forgedAddress = '203.0.113.77';

export type Asked = {
  seen: SeenAddress;
  /** Our end of the connection that carried the question. */
  local: { address: string; port: number };
  /** Whether TRUSTED_PROXIES names anybody. */
  expectsProxy: boolean;
  /** Whether it names this very machine, whose words the web then believes, forged ones too. */
  isTrusted: boolean;
};

/** What the address that the web would record says about the proxies between. */
export function judgeAddress(asked: Asked): Finding {
  const { seen, isTrusted } = asked;
  if (isTrusted) return judgeFromWithin(asked);
  if (seen.ip === forgedAddress) return passedOn(seen);
  if (seen.trust === 'untrusted') return unnamed(seen);
  if (seen.trust === 'direct' && isSomebodyBetween(asked)) return hidden(seen);
  if (seen.trust === 'direct') return judgeDirect(asked);
  return judgeTrusted(asked);
}

function unnamed({ socketPeer }: SeenAddress): Finding {
  return failed(
    `The proxy at ${socketPeer} is trusted and does not say for whom it asks, so no acceptance can be recorded.`,
    'Let it send X-Forwarded-For (or Forwarded) with the address of its client, and name every proxy of the chain in TRUSTED_PROXIES.',
  );
}

/** Whom the evidence names must be whom the outermost proxy saw. */
function judgeTrusted({ seen, local }: Asked): Finding {
  const hops = forwardedFor(seen);
  const outermost = hops[hops.indexOf(forgedAddress) + 1];
  const isOther = outermost !== undefined && outermost !== seen.ip;
  const isOwn = seen.ip === normal(local.address);
  if (isOther || (!isOwn && !isPublicAddress(seen.ip ?? '')))
    return failed(
      `The evidence would name ${seen.ip}, which is another proxy's address${isOther ? `: the outermost one was asked by ${outermost}` : ''}.`,
      `Name the proxy at ${seen.ip} in TRUSTED_PROXIES too.`,
    );
  if (seen.sourcePort === undefined)
    return warning(
      "Behind the trusted proxies the evidence names the client's address, and no source port.",
      "Let the proxy pass its client's port in a header, and name that header in CLIENT_PORT_HEADER: courts ask for it.",
    );
  return ok(`Through the trusted proxies the evidence names the client: ${seen.ip}, with its source port.`);
}

/** When a client's own X-Forwarded-For is all that disturbs: without it the web knows who asks. */
export function judgeDisturbed({ socketPeer }: SeenAddress): Finding {
  return warning(
    `Who writes an X-Forwarded-For of their own cannot sign: the proxy at ${socketPeer} passes it on beside its own Forwarded.`,
    'Let the outermost proxy drop X-Forwarded-For, or overwrite it.',
  );
}

function passedOn({ socketPeer }: SeenAddress): Finding {
  return failed(
    `Whoever opens the page can choose the address in the evidence: the proxy at ${socketPeer} passes on what a client writes into X-Forwarded-For.`,
    'Let the outermost proxy overwrite X-Forwarded-For and Forwarded, or add its own client at the end, and keep networks of clients out of TRUSTED_PROXIES.',
  );
}

/** The web looks past a trusted machine, so only the headers themselves tell whether the proxies named it. */
function judgeFromWithin({ seen, local }: Asked): Finding {
  const own = normal(local.address);
  if ([...forwardedFor(seen), ...forwardedBy(seen)].includes(own))
    return ok('The proxies name their client to the web, this machine, which TRUSTED_PROXIES trusts.');
  if (normal(seen.socketPeer) !== own || seen.socketPort !== local.port) return passedOn(seen);
  return notChecked(
    'TRUSTED_PROXIES names this machine itself, and no proxy stands between it and the web.',
    'Ask again from a machine that reaches PORTAL_URL as customers do.',
  );
}

/** We wrote one header and opened one socket; another header or another socket is the work of somebody between. */
function isSomebodyBetween({ seen, local }: Asked): boolean {
  if (seen.rawForwarded !== `X-Forwarded-For: ${forgedAddress}`) return true;
  return seen.ip === normal(local.address) && seen.sourcePort !== local.port;
}

function hidden({ ip, socketPeer }: SeenAddress): Finding {
  return failed(
    `A proxy at ${socketPeer} stands in front, and the evidence would name it (${ip}) for every client.`,
    `Add ${socketPeer} or its network to TRUSTED_PROXIES, and let it send X-Forwarded-For.`,
  );
}

function judgeDirect({ seen, local, expectsProxy }: Asked): Finding {
  if (seen.ip === normal(local.address)) {
    if (!expectsProxy)
      return ok(`Nobody stands between: the evidence names the client, ${seen.ip}, with its source port.`);
    return warning(
      'PORTAL_URL leads past the proxies of TRUSTED_PROXIES from here, so they were not looked at.',
      'Ask again from a machine that reaches PORTAL_URL as customers do.',
    );
  }
  if (!isPublicAddress(seen.ip ?? '')) return hidden(seen);
  return warning(
    `The evidence would name ${seen.ip} directly; this machine calls itself ${local.address}.`,
    `Look whether ${seen.ip} is how your network appears outside. If it is a proxy of yours, add it to TRUSTED_PROXIES.`,
  );
}

function normal(address: string): string {
  const parsed = parseIpAddress(address);
  return parsed ? formatIpAddress(parsed) : address;
}

const forwardedFor = (seen: SeenAddress) => forwardedForHops(headerIn(seen, 'X-Forwarded-For')).map(addressOf);
const forwardedBy = (seen: SeenAddress) => (forwardedHops(headerIn(seen, 'Forwarded')) ?? []).map(addressOf);

function headerIn({ rawForwarded = '' }: SeenAddress, name: string): string {
  const line = rawForwarded.split('\n').find((text) => text.startsWith(`${name}: `));
  return line?.slice(name.length + 2) ?? '';
}

const addressOf = (hop: ForwardedHop | undefined) => hop && normal(hop.address);
