import net from 'node:net';
import { expect, test } from 'vitest';
import { createTestDatabase } from '#lib/testing/database.ts';
import { databaseAt } from '#lib/testing/doors.ts';
import { isDatabaseAway } from './faults.ts';

const question = { name: 'q', text: 'SELECT 1 AS one' };

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('nobody listening is away, under an address and under a name with two', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const db = databaseAt(`postgres://nobody@${host}:1/none`);
    expect(isDatabaseAway(await errorOf(db.door(question, []))), host).toBe(true);
    await db.end();
  }
});

test('a server that hangs up is away', async () => {
  const server = net.createServer((socket) => socket.destroy());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as net.AddressInfo;
  const db = databaseAt(`postgres://nobody@127.0.0.1:${port}/none`);
  expect(isDatabaseAway(await errorOf(db.door(question, [])))).toBe(true);
  await db.end();
  server.close();
});

test('a connection that is ended in the middle of a statement is away; a wrong statement is a bug', async () => {
  const database = await createTestDatabase();
  const db = databaseAt(database.url);
  expect(isDatabaseAway(await errorOf(db.door({ name: 'bug', text: 'SELECT nothing' }, [])))).toBe(false);
  const ended = { name: 'end', text: 'SELECT pg_terminate_backend(pg_backend_pid())' };
  expect(isDatabaseAway(await errorOf(db.door(ended, [])))).toBe(true);
  expect(await db.door(question, [])).toEqual([{ one: 1 }]);
  await db.end();
  await database.drop();
});

test.each([
  new Error('boom'),
  new TypeError('x'),
  'text',
  undefined,
  Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' }),
])('%s is a bug', (error) => {
  expect(isDatabaseAway(error)).toBe(false);
});
