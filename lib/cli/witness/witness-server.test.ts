import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWitnessFolder } from './witness-folder.ts';
import { witnessServer } from './witness-server.ts';

test('a request that comes drop by drop is cut off when its time is up, and is nothing to tell a person of', async () => {
  const place = await mkdtemp(join(tmpdir(), 'aceite-witness-'));
  const folder = await openWitnessFolder(place, { name: undefined, isAdopted: false });
  const told: string[] = [];
  const clock = () => new Date();
  const server = witnessServer({ folder, logs: [], clock, warn: (said) => told.push(said), requestTimeoutMs: 500 });
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write('POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 60000\r\n\r\n');
    const drops = setInterval(() => socket.write('o'), 100);
    await once(socket, 'close').finally(() => clearInterval(drops));
    server.close();
    await once(server, 'close');
    expect(told).toEqual([]);
  } finally {
    await folder.release();
    await rm(place, { recursive: true });
  }
}, 15_000);
