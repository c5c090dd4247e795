import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebhookFailure } from '#lib/domain/webhook-failure.ts';
import { openssl } from './openssl.ts';

/** One way in which a merchant's receiver can behave badly towards whoever calls it. */
export type HostileReceiver = {
  what: string;
  url: string;
  /** How an attempt ends. */
  outcome: WebhookFailure | `http_${number}`;
  /** As above, when the network is faster than what it carries: a reset takes along what was not read yet. */
  orElse?: WebhookFailure;
  /** Whether it holds the attempt for as long as our patience lasts. */
  hangs: boolean;
};

export type HostileReceivers = {
  all: HostileReceiver[];
  /** PEM: whom to believe, so that only what is wrong about a certificate is refused. */
  authority: string;
  /** Calls that came to the place inside to which redirects point. */
  callsInside(): number;
  /** Bytes that those have got rid of that would never stop. */
  bytesPushed(): number[];
  /** Breaks off every call that is under way; the next one is answered as badly as before. */
  hangUp(): void;
  stop(): Promise<void>;
};

/** Names that a hostile name server must answer with; see `hostileZone`. */
export const rebindingName = 'rebinding.example';
const mixedName = 'mixed.example';
const metadataName = 'metadata.example';
const unknownName = 'nobody.example';

/** 127.0.0.1 stands for the outside, which the sandbox may call; link-local addresses are where clouds keep their secrets. */
export const hostileZone = {
  [rebindingName]: [['127.0.0.1'], ['169.254.169.254'], ['10.0.0.1']],
  [mixedName]: [['127.0.0.1', '169.254.169.254']],
  [metadataName]: [['169.254.169.254']],
};

/** So slowly that nobody would wait for the end, and often enough to keep an idle connection alive. */
const dripEveryMs = 50;

type Place = { servers: Set<TcpServer>; sockets: Set<Socket> };

/** Starts all of them on loopback. Whoever calls them needs the resolver of `hostileZone` and the authority that they hand out. */
export async function startHostileReceivers(): Promise<HostileReceivers> {
  const place: Place = { servers: new Set(), sockets: new Set() };
  const folder = mkdtempSync(join(tmpdir(), 'aceite-hostile-'));
  let callsInside = 0;
  const inside = await listen(
    place,
    createServer((_, response) => {
      callsInside += 1;
      response.end();
    }),
  );
  const pushed: (() => number)[] = [];
  const all = [
    ...(await silentOnes(place)),
    ...(await endlessOnes(place, pushed)),
    ...(await abruptOnes(place, inside)),
    ...(await brokenTls(place, folder)),
    ...misleadingNames(inside),
  ];
  const authority = readFileSync(join(folder, 'good.pem'), 'utf8') + readFileSync(join(folder, 'old.pem'), 'utf8');
  rmSync(folder, { recursive: true });
  return {
    all,
    authority,
    callsInside: () => callsInside,
    bytesPushed: () => pushed.map((bytes) => bytes()),
    hangUp: () => hangUp(place),
    stop: async () => {
      hangUp(place);
      await Promise.all([...place.servers].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function hangUp({ sockets }: Place): void {
  for (const socket of sockets) socket.destroy();
}

async function listen({ servers, sockets }: Place, server: TcpServer): Promise<number> {
  servers.add(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

type Answer = (response: ServerResponse) => void;

/** A receiver that reads the whole message first, and then behaves badly. */
async function plain(place: Place, answer: Answer): Promise<string> {
  const server: Server = createServer((request, response) => {
    response.on('error', () => undefined);
    request.resume().on('end', () => answer(response));
  });
  return `http://127.0.0.1:${await listen(place, server)}/webhooks`;
}

/** Says a little, again and again, for as long as somebody listens. */
function drip(socket: Socket | null, bytes: string): void {
  const timer = setInterval(() => socket?.write(bytes), dripEveryMs);
  socket?.on('close', () => clearInterval(timer));
}

async function silentOnes(place: Place): Promise<HostileReceiver[]> {
  const timeout = { outcome: 'timeout', hangs: true } as const;
  const mute = await listen(place, createTcpServer());
  return [
    { what: 'never answers', url: await plain(place, () => undefined), ...timeout },
    {
      what: 'sends the head of its answer a byte at a time',
      url: await plain(place, ({ socket }) => {
        socket?.write('HTTP/1.1 200 OK\r\nX-Slow: ');
        drip(socket, 'a');
      }),
      ...timeout,
    },
    {
      what: 'says again and again that its answer will come',
      url: await plain(place, ({ socket }) => drip(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')),
      ...timeout,
    },
    {
      what: 'sends the body of its answer a byte at a time',
      url: await plain(place, (response) => {
        response.writeHead(200, { 'Content-Length': '1000000' }).flushHeaders();
        drip(response.socket, 'a');
      }),
      ...timeout,
    },
    { what: 'takes the connection and says nothing of TLS', url: `https://127.0.0.1:${mute}/webhooks`, ...timeout },
  ];
}

/** Both push as fast as they can; how much of it they get rid of shows how much was taken. */
async function endlessOnes(place: Place, pushed: (() => number)[]): Promise<HostileReceiver[]> {
  const pushing = (before: string, piece: string): Answer => {
    const block = piece.repeat(Math.ceil(65_536 / piece.length));
    return ({ socket }) => {
      if (!socket) return;
      pushed.push(() => socket.bytesWritten);
      const more = () => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', more);
      socket.write(before);
      more();
    };
  };
  const endlessBody = pushing('HTTP/1.1 200 OK\r\n\r\n', 'a');
  const endlessHeaders = pushing('HTTP/1.1 200 OK\r\n', 'X-More: aaaaaaaaaaaaaaaa\r\n');
  return [
    { what: 'sends a body without end', url: await plain(place, endlessBody), outcome: 'http_200', hangs: false },
    {
      what: 'sends headers without end',
      url: await plain(place, endlessHeaders),
      outcome: 'reply_headers_too_large',
      hangs: false,
    },
  ];
}

async function abruptOnes(place: Place, inside: number): Promise<HostileReceiver[]> {
  const gone = await listen(
    place,
    createTcpServer((socket) => void socket.resetAndDestroy()),
  );
  return [
    { what: 'resets at once', url: `http://127.0.0.1:${gone}/`, outcome: 'connection_reset', hangs: false },
    {
      what: 'resets in the middle of its answer',
      url: await plain(place, (response) => {
        response.writeHead(200, { 'Content-Length': '50' }).write('a', () => response.socket?.resetAndDestroy());
      }),
      outcome: 'reply_cut_short',
      orElse: 'connection_reset',
      hangs: false,
    },
    {
      what: 'speaks another language than HTTP',
      url: await plain(place, ({ socket }) => void socket?.end('+OK ready\r\n')),
      outcome: 'reply_malformed',
      hangs: false,
    },
    {
      what: 'redirects inside',
      url: await plain(
        place,
        (response) => void response.writeHead(307, { Location: `http://127.0.0.1:${inside}/latest/meta-data/` }).end(),
      ),
      outcome: 'http_307',
      hangs: false,
    },
  ];
}

async function brokenTls(place: Place, folder: string): Promise<HostileReceiver[]> {
  const certified = async (name: string, days: number) => {
    const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=DNS:localhost,DNS:${rebindingName}`];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    openssl(folder, ['req', '-new', ...key, '-out', `${name}.csr`, ...subject]);
    const lasting = ['-days', String(days), '-copy_extensions', 'copy'];
    openssl(folder, [
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-signkey',
      `${name}.key`,
      ...lasting,
      '-out',
      `${name}.pem`,
    ]);
    const [cert, secret] = [`${name}.pem`, `${name}.key`].map((file) => readFileSync(join(folder, file), 'utf8'));
    const server = createTlsServer({ cert, key: secret }, (_, response) => void response.writeHead(204).end());
    server.on('tlsClientError', () => undefined);
    return listen(place, server);
  };
  const good = await certified('good', 30);
  const old = await certified('old', -1);
  const unknown = await certified('unknown', 30);
  const untold = await listen(place, createServer());
  const invalid = { outcome: 'certificate_invalid', hangs: false } as const;
  return [
    { what: 'has a certificate that is over', url: `https://localhost:${old}/`, ...invalid },
    { what: 'has a certificate of an authority that nobody knows', url: `https://localhost:${unknown}/`, ...invalid },
    { what: 'has a certificate for another name', url: `https://127.0.0.1:${good}/`, ...invalid },
    {
      what: 'speaks plainly where TLS was asked for',
      url: `https://127.0.0.1:${untold}/`,
      outcome: 'tls_failed',
      hangs: false,
    },
    // The first of its answers leads here, and is good.
    {
      what: 'has a name that leads inside from the second time on',
      url: `https://${rebindingName}:${good}/`,
      outcome: 'http_204',
      hangs: false,
    },
  ];
}

function misleadingNames(inside: number): HostileReceiver[] {
  const refused = { outcome: 'address_not_allowed', hangs: false } as const;
  return [
    { what: 'has a name that leads outside and inside at once', url: `https://${mixedName}:${inside}/`, ...refused },
    { what: 'has a name that leads inside', url: `https://${metadataName}:${inside}/`, ...refused },
    { what: 'has a name that is nobody’s', url: `https://${unknownName}/`, outcome: 'dns_failed', hangs: false },
  ];
}
