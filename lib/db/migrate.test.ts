import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmptyTestDatabase, createTestDatabase } from '#lib/testing/database.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';
import { type MigrateOptions, MigrationRefused, migrate, migrationsPending } from './migrate.ts';

const clock = "CREATE FUNCTION aceite_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT clock_timestamp()';";

let database: TestDatabase;
let folder: string;
let owner: pg.Client;

beforeEach(async () => {
  database = await createEmptyTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'aceite-migrations-'));
  owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  write('0001_clock', clock);
  write('0002_fruit', 'CREATE TABLE fruit (name text PRIMARY KEY);');
});

afterEach(async () => {
  await owner.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const write = (name: string, sql: string) => writeFileSync(join(folder, `${name}.sql`), sql);

const run = (options: Partial<MigrateOptions> = {}) =>
  migrate({ url: database.ownerUrl, mode: 'production', folder, ...options });

/** The refusal's code, or what else happened. */
async function refusalOf(options: Partial<MigrateOptions> = {}): Promise<unknown> {
  return run(options).catch((error: unknown) => (error instanceof MigrationRefused ? error.code : error));
}

async function valueIn(sql: string, client: pg.Client = owner): Promise<unknown> {
  const { rows } = await client.query<{ value: unknown }>(`SELECT ${sql} AS value`);
  return rows[0]?.value;
}

test('applies what is missing, in order, and says so', async () => {
  const said: string[] = [];
  expect(await run({ onProgress: (message) => said.push(message) })).toEqual({ applied: ['0001_clock', '0002_fruit'] });
  expect(said).toEqual(['applying 0001_clock', 'applying 0002_fruit']);
  write('0003_more_fruit', "INSERT INTO fruit VALUES ('caju');");
  expect(await run()).toEqual({ applied: ['0003_more_fruit'] });
  expect(await run()).toEqual({ applied: [] });
  expect(await valueIn('(SELECT name FROM fruit)')).toBe('caju');
});

test('run by several processes at once applies each file once', async () => {
  const results = await Promise.all([run(), run(), run(), run()]);
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001_clock', '0002_fruit']);
});

test('a failing file is taken back whole, names its line, and keeps the ones before it', async () => {
  write('0003_broken', 'CREATE TABLE basket (id int);\n\nSELECT no_such_thing;');
  await expect(run()).rejects.toThrow(/0003_broken failed and was taken back: .*no_such_thing.* \(line 3\)/);
  expect(await valueIn("to_regclass('basket')")).toBeNull();
  expect(await migrationsPending(owner, folder)).toEqual(['0003_broken']);
});

describe('disagreement between files and database stops before anything is done:', () => {
  beforeEach(async () => void (await run()));

  test('a file that was changed after it was applied', async () => {
    write('0002_fruit', 'CREATE TABLE fruit (name text);');
    write('0003_basket', 'CREATE TABLE basket (id int);');
    expect(await refusalOf()).toBe('changed');
    expect(await valueIn("to_regclass('basket')")).toBeNull();
  });

  test('a migration of a newer version', async () => {
    rmSync(join(folder, '0002_fruit.sql'));
    expect(await refusalOf()).toBe('unknown_migration');
  });

  test('a number that is missing, used twice, or badly named', async () => {
    write('0004_late', 'SELECT 1;');
    expect(await refusalOf()).toBe('bad_name');
    rmSync(join(folder, '0004_late.sql'));
    write('0002_another', 'SELECT 1;');
    expect(await refusalOf()).toBe('bad_name');
    rmSync(join(folder, '0002_another.sql'));
    write('0003_With-Dash', 'SELECT 1;');
    expect(await refusalOf()).toBe('bad_name');
  });

  test('a gap in what the database has had', async () => {
    await owner.query("DELETE FROM schema_migrations WHERE name = '0001_clock'");
    expect(await refusalOf()).toBe('out_of_order');
  });
});

describe('the readiness check', () => {
  test('names everything in an empty database, and nothing in a migrated one', async () => {
    expect(await migrationsPending(owner, folder)).toEqual(['0001_clock', '0002_fruit']);
    await run();
    expect(await migrationsPending(owner, folder)).toEqual([]);
  });

  test('works for the running portal, which owns nothing', async () => {
    await run({ runtimeRole: 'aceite_login' });
    const login = new pg.Client(database.url);
    await login.connect();
    expect(await migrationsPending(login, folder).finally(() => login.end())).toEqual([]);
  });
});

describe('the clock', () => {
  const minutesAhead = 'round(extract(epoch FROM aceite_now() - clock_timestamp()) / 60)::int';

  test.each(['sandbox', 'test'] as const)('can be moved forward in %s mode, and only forward', async (mode) => {
    await run({ mode });
    expect(await valueIn(minutesAhead)).toBe(0);
    await owner.query('SELECT aceite_move_clock(3600000)');
    expect(await valueIn(minutesAhead)).toBe(60);
    await expect(owner.query('SELECT aceite_move_clock(-1)')).rejects.toThrow('the clock only moves forward');
    await expect(owner.query('SELECT aceite_move_clock(NULL)')).rejects.toThrow('the clock only moves forward');
  });

  test('keeps its offset over the next start', async () => {
    await run({ mode: 'sandbox' });
    await owner.query('SELECT aceite_move_clock(3600000)');
    await run({ mode: 'sandbox' });
    expect(await valueIn(minutesAhead)).toBe(60);
  });

  test('is moved by the portal through its one function, never in the table', async () => {
    await run({ mode: 'test', runtimeRole: 'aceite_login' });
    const login = new pg.Client(database.url);
    await login.connect();
    try {
      await login.query('SELECT aceite_move_clock(3600000)');
      expect(await valueIn(minutesAhead, login)).toBe(60);
      await expect(login.query('UPDATE aceite_clock SET offset_ms = 0')).rejects.toThrow('permission denied');
    } finally {
      await login.end();
    }
  });

  test('cannot be moved in production', async () => {
    await run();
    expect(await valueIn("to_regclass('aceite_clock')")).toBeNull();
    expect(await valueIn("to_regproc('aceite_move_clock')")).toBeNull();
    expect(await valueIn(minutesAhead)).toBe(0);
  });
});

describe('modes do not mix:', () => {
  test('production refuses a database that was made for play', async () => {
    await run({ mode: 'sandbox' });
    expect(await refusalOf()).toBe('wrong_mode');
  });

  test('production refuses a movable clock, wherever it came from', async () => {
    await run();
    await owner.query('CREATE TABLE aceite_clock (offset_ms bigint)');
    expect(await refusalOf()).toBe('wrong_mode');
  });

  test.each(['sandbox', 'test'] as const)('%s refuses a database with real contracts', async (mode) => {
    await run();
    expect(await refusalOf({ mode })).toBe('wrong_mode');
    expect(await valueIn("to_regclass('aceite_clock')")).toBeNull();
  });
});

test('the real migrations lead to a database that the portal can use through its working roles', async () => {
  const real = await createTestDatabase();
  const login = new pg.Client(real.url);
  await login.connect();
  try {
    expect(await migrationsPending(login)).toEqual([]);
    for (const role of ['aceite_app', 'aceite_worker', 'aceite_retention']) {
      await login.query(`BEGIN; SET LOCAL ROLE ${role}`);
      expect(await valueIn('current_user::text', login)).toBe(role);
      await login.query('ROLLBACK');
    }
    await expect(login.query('SET ROLE aceite_owner')).rejects.toThrow('permission denied');
    await expect(login.query('CREATE TABLE mine ()')).rejects.toThrow('permission denied');
  } finally {
    await login.end();
    await real.drop();
  }
});
