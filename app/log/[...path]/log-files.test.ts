import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { growLog } from '#lib/usecases/system/grow-log.ts';
import { DELETE, GET, HEAD, PATCH, POST, PUT } from './route.ts';

const endpoints = { DELETE, GET, HEAD, PATCH, POST, PUT };

let portal: TestPortal;
let doors: Doors;
let size: number;

/** A log of one full tile and the beginning of a second one. */
beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
  await createdSession(portal);
  expect((await asked('checkpoint')).status, 'before anything is signed').toBe(404);
  await portal.asOwner(
    `INSERT INTO log_statements (id, kind, content, hash)
     SELECT gen_random_uuid(), 'release', '{}', sha256(n::text::bytea) FROM generate_series(1, 300) n`,
  );
  await logKeeper(portal).publish();
  size = Number((await bytesOf(await asked('checkpoint'))).toString().split('\n')[1]);
  expect(size).toBeGreaterThan(300);
});
afterAll(async () => {
  doors.close();
  await portal.end();
});

const asked = (path: string, method: keyof typeof endpoints = 'GET') =>
  doors.knock(endpoints[method], { method, path: `/log/${path}`, params: { path: path.split('/') } });

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** What every file of the log is sent with, so that any page may read it and any cache keep it. */
const common = {
  'access-control-allow-origin': '*',
  'content-security-policy': expect.stringContaining("default-src 'none'"),
  'cross-origin-resource-policy': 'cross-origin',
};
const headersOf = ({ headers }: Response) => Object.fromEntries(headers);

describe('the files of the public log over HTTP', () => {
  test('the checkpoint is text, and old after seconds', async () => {
    const response = await asked('checkpoint');
    expect(response.status).toBe(200);
    expect(headersOf(response)).toEqual({
      ...common,
      'cache-control': 'public, max-age=5',
      'content-type': 'text/plain; charset=utf-8',
    });
    expect((await bytesOf(response)).toString()).toMatch(/^127\.0\.0\.1:3000\/log\n\d+\n/);
  });

  test.each([
    ['a full tile', () => 'tile/0/000', 256 * 32],
    ['the tile above it', () => 'tile/1/000.p/1', 32],
    ['a part of a tile', () => `tile/0/001.p/${size - 256}`, undefined],
    ['a full bundle of entries', () => 'tile/entries/000', 256 * 35],
    ['a part of one', () => 'tile/entries/001.p/7', 7 * 35],
  ])('%s is bytes that never change', async (_, path, length) => {
    const response = await asked(path());
    expect(response.status).toBe(200);
    expect(headersOf(response)).toEqual({
      ...common,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/octet-stream',
    });
    const bytes = await bytesOf(response);
    expect(bytes.length).toBe(length ?? (size - 256) * 32);
    expect(await bytesOf(await asked(path()))).toEqual(bytes);
  });

  test('the hash above a full tile is that of its bytes', async () => {
    let row = await bytesOf(await asked('tile/0/000'));
    while (row.length > 32) {
      const pairs = Array.from({ length: row.length / 64 }, (_, at) => row.subarray(64 * at, 64 * (at + 1)));
      row = Buffer.concat(
        pairs.map((pair) =>
          createHash('sha256')
            .update(Buffer.concat([Buffer.of(1), pair]))
            .digest(),
        ),
      );
    }
    expect(await bytesOf(await asked('tile/1/000.p/1'))).toEqual(row);
  });

  test('HEAD tells the same without the bytes, and what only changes things is refused', async () => {
    const head = await asked('tile/0/000', 'HEAD');
    expect(head.status).toBe(200);
    expect(headersOf(head)).toEqual(headersOf(await asked('tile/0/000')));
    expect(await bytesOf(head)).toHaveLength(0);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const refused = await asked('checkpoint', method);
      expect(refused.status).toBe(405);
      expect(refused.headers.get('Allow')).toBe('GET, HEAD, OPTIONS');
    }
  });
});

describe('what the log does not have is 404, which no cache keeps:', () => {
  test.each([
    ['', 'nothing'],
    ['tile', 'a folder'],
    ['checkpoint/', 'a slash too many'],
    ['Checkpoint', 'another case'],
    ['checkpoint\0', 'a zero byte'],
    ['../checkpoint', 'a way up'],
    ['tile/0/../0/000', 'a way up in the middle'],
    ['tile/0/%30%30%30', 'digits that are still encoded'],
    ['tile/0/000.p/0', 'a part of nothing'],
    ['tile/0/000.p/256', 'a part that is the whole'],
    ['tile/0/000.p/-1', 'a negative width'],
    ['tile/0/001', 'a tile that is not full yet'],
    ['tile/0/0', 'a number that is too short'],
    ['tile/0/x000/000', 'a number with zeros in front'],
    ['tile/0/x999/x999/x999/x999/999', 'a number far beyond the end'],
    ['tile/0/x999/x999/x999/x999/x999/x999/x999/999', 'a number that no computer counts to'],
    ['tile/63/000', 'a level far above the root'],
    ['tile/64/000', 'a level that has no name'],
    ['tile/entries/x123/456', 'entries beyond the end'],
    ['tile/0/٠٠٠', 'digits of another script'],
    [`tile/0/${'x000/'.repeat(2_000)}000`, 'a very long path'],
  ])('%j, %s', async (path) => {
    const response = await asked(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });

  test('a leaf that is in the log and that no checkpoint covers yet', async () => {
    await createdSession(portal);
    expect(await growLog(portal.ctx)).toBe(1);
    const behind = `tile/0/001.p/${size - 256 + 1}`;
    expect((await asked(behind)).status).toBe(404);
  });
});
