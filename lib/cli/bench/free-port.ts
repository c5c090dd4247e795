import { createServer } from 'node:net';

const host = '127.0.0.1';

/** A port of loopback on which nobody listens right now. */
export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      server.close(() => (port === undefined ? fail(new Error('no port was given')) : settle(port)));
    });
  });
}
