import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { checkPorts } from './ports.ts';

const host = '127.0.0.1';
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  open.push(server);
  await once(server.listen(0, host), 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test('a free port is nobody’s fault', async () => {
  const { server, port } = await takePort();
  await once(server.close(), 'close');
  expect(await checkPorts([{ host, port, setting: 'PORT' }], 0)).toEqual([]);
});

test('a taken port is told with its setting, and on Linux with the process that holds it', async () => {
  const { port } = await takePort();
  const [sentence] = await checkPorts([{ host, port, setting: 'LENDER_PORT' }], 0);
  expect(sentence).toContain(`Port ${port} is taken by`);
  expect(sentence).toContain('set LENDER_PORT to a free port');
  if (process.platform === 'linux') expect(sentence).toContain(`(process ${process.pid})`);
});

test('every taken port is told at once', async () => {
  const wanted = await Promise.all(
    ['PORT', 'LENDER_PORT'].map(async (setting) => ({ setting, host, ...(await takePort()) })),
  );
  expect(await checkPorts(wanted, 0)).toHaveLength(2);
});

test('a port that is let go within the patience is free', async () => {
  const { server, port } = await takePort();
  const checked = checkPorts([{ host, port, setting: 'PORT' }], 10_000);
  server.close();
  expect(await checked).toEqual([]);
});

test('an address of another machine is told as such', async () => {
  expect(await checkPorts([{ host: '192.0.2.1', port: 3000, setting: 'PORT' }], 0)).toEqual([
    expect.stringContaining('192.0.2.1 is no address of this machine'),
  ]);
});
