import pg from 'pg';
import { expect, test } from 'vitest';
import { createEmptyTestDatabase } from '#lib/testing/database.ts';
import { checkServer, faultsOf } from './server-checks.ts';

const good = {
  version: 15,
  versionText: '15.13',
  fsync: 'on',
  synchronousCommit: 'on',
  encoding: 'UTF8',
  isStandby: false,
};

test.each([
  ['an old server', { version: 14, versionText: '14.18' }, 'is Postgres 14.18; the portal needs version 15'],
  ['a server that does not write to the disk', { fsync: 'off' }, 'fsync=off'],
  ['a server that confirms before it writes', { synchronousCommit: 'off' }, 'synchronous_commit=off'],
  ['a database that cannot hold every name', { encoding: 'LATIN1' }, 'the encoding LATIN1'],
  ['a standby', { isStandby: true }, 'a standby'],
])('%s is refused with the way out', (_, fault, words) => {
  const problems = faultsOf({ ...good, ...fault }, 'portal');
  expect(problems).toEqual([expect.stringContaining(words)]);
  expect(problems[0]).toMatch(/(?:Upgrade|Set|Create) .*\.$/);
});

test('every fault is listed at once', () => {
  expect(faultsOf({ ...good, version: 9, fsync: 'off', synchronousCommit: 'off' }, 'portal')).toHaveLength(3);
});

test.each(['local', 'remote_write', 'remote_apply'])('synchronous_commit=%s is good enough', (synchronousCommit) => {
  expect(faultsOf({ ...good, synchronousCommit }, 'portal')).toEqual([]);
});

test('only tests may use a server that forgets on a power cut', async () => {
  const database = await createEmptyTestDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    expect(await checkServer(client, 'test')).toEqual({ ok: true });
    expect(await checkServer(client)).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('fsync=off'), expect.stringContaining('synchronous_commit=off')],
    });
  } finally {
    await client.end();
    await database.drop();
  }
});
