import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { hostOf, mayBeCalled } from '#lib/domain/webhook-address.ts';

/** All addresses of a name, as texts. Asked once per call: what was looked at is what is connected to. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** How long name servers are waited for, and how often they are asked; together less than one attempt may take. */
const patience = { timeout: 3_000, tries: 2 } as const;

/**
 * Asks the name servers itself, and not through the system's resolver: that one works in the few threads that the lender's name is looked up
 * in too, and a merchant's dead name server would hold them. Names of this machine are in no name server. `servers` are those of the system
 * unless others are named.
 */
export const resolveBy =
  (servers?: readonly string[]): Resolve =>
  async (name) => {
    if (name === 'localhost') return (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);
    const resolver = new Resolver(patience);
    if (servers) resolver.setServers(servers);
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return [four, six].flatMap((family) => (family.status === 'fulfilled' ? family.value : []));
  };

export const systemResolve: Resolve = resolveBy();

/** An address to connect to, or the stable word for why there is none. */
export type Target = { ok: true; address: string } | { ok: false; reason: 'dns_failed' | 'address_not_allowed' };

/**
 * The address to which a call of this URL goes. A name with a single address inside a network of ours is refused altogether, because the
 * next reader of its answer might take just that one. Never rejects.
 */
export async function findTarget(url: URL, resolve: Resolve, isSandbox: boolean): Promise<Target> {
  const host = hostOf(url);
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  const [address] = addresses;
  if (address === undefined) return { ok: false, reason: 'dns_failed' };
  if (!addresses.every((found) => mayBeCalled(found, isSandbox))) return { ok: false, reason: 'address_not_allowed' };
  return { ok: true, address };
}
