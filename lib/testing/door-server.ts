import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint, Params } from '#lib/http/methods.ts';
import { listenToRequests } from '#lib/http/request-store.ts';
import { type Doors, openDoors } from './doors.ts';
import type { TestPortal } from './portal.ts';

/** A path whose named groups are the variable parts of the address, and what answers there. */
export type DoorRoute = [shape: RegExp, endpoint: Endpoint];

export type DoorServer = {
  /** Where the doors stand; what is asked of them comes from 127.0.0.1. */
  base: string;
  doors: Doors;
  /** As if whoever has called so far had called for five minutes beyond what is allowed. */
  emptyBuckets(): Promise<unknown>;
  stop(): void;
};

/** Doors of a portal over real HTTP, so that the hook in front of all requests runs and addresses are those of sockets. */
export async function serveDoors(portal: TestPortal, routes: readonly DoorRoute[]): Promise<DoorServer> {
  const doors = openDoors(portal);
  listenToRequests({ isProduction: false, isHot: false, onAnswer: () => undefined });
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', portal.ctx.portalUrl);
    const [shape, endpoint] = routes.find(([pattern]) => pattern.test(url.pathname)) ?? [];
    if (!shape || !endpoint) throw new Error(`no door at ${url.pathname}`);
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const body = await incoming.toArray();
    const { method = 'GET' } = incoming;
    const request = new Request(url, { method, headers, ...(method === 'POST' && { body: Buffer.concat(body) }) });
    const params: Params = { ...shape.exec(url.pathname)?.groups };
    const answer = await endpoint(request, { params: Promise.resolve(params) });
    outgoing.writeHead(answer.status, [...answer.headers].flat());
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    doors,
    emptyBuckets: () => portal.asOwner("UPDATE rate_limit_buckets SET full_at = aceite_now() + interval '5 minutes'"),
    stop: () => {
      server.closeAllConnections();
      server.close();
      doors.close();
    },
  };
}
