import { connect, createServer, type Socket } from 'node:net';

/** What happens to the next COMMIT: it is lost on the way to the server, or its answer is on the way back. */
type Cut = 'before commit' | 'after commit';

/** A piece of network between a web process and its database that can be cut at the worst moment, or go silent. */
export type DatabaseRelay = {
  /** The database's address by way of the relay. */
  url: string;
  /** Cuts every connection at the next COMMIT; new ones pass. */
  cutsNext(cut: Cut): void;
  /** Nothing passes any more in either direction, and nobody is told. */
  goesSilent(): void;
  /** Everybody is hung up on, and those who call again get through. */
  passesAgain(): void;
  close(): Promise<void>;
};

const commit = Buffer.from('COMMIT\0');
/** ReadyForQuery outside a transaction: what was to be committed is. */
const committed = Buffer.from('Z\0\0\0\x05I', 'latin1');

export async function relayTo(databaseUrl: string): Promise<DatabaseRelay> {
  const { hostname, port } = new URL(databaseUrl);
  const state: { cut: Cut | undefined; isSilent: boolean } = { cut: undefined, isSilent: false };
  const sockets = new Set<Socket>();
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    let isDeaf = false;
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => {
      if (state.isSilent) return;
      if (state.cut === undefined || !chunk.includes(commit)) return void database.write(chunk);
      isDeaf = true;
      const cut = state.cut;
      state.cut = undefined;
      if (cut === 'before commit') return hangUp();
      database.write(chunk);
    });
    database.on('data', (chunk) => {
      if (state.isSilent) return;
      if (!isDeaf) client.write(chunk);
      else if (chunk.includes(committed)) hangUp();
    });
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${portOf(server.address())}` }).href,
    cutsNext: (cut) => {
      state.cut = cut;
    },
    goesSilent: () => {
      state.isSilent = true;
    },
    passesAgain: () => {
      state.isSilent = false;
      hangUp();
    },
    close: () => {
      hangUp();
      return new Promise((settle) => server.close(() => settle()));
    },
  };
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return address.port;
}
