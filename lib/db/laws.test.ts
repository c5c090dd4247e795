import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmptyTestDatabase, createTestDatabase } from '#lib/testing/database.ts';
import { alteredLaws, formatLaws, type Laws, readLaws } from './laws.ts';
import { type MigrationMode, migrate } from './migrate.ts';

async function lawsOf(mode: MigrationMode): Promise<Laws> {
  const database = await createEmptyTestDatabase();
  try {
    await migrate({ url: database.ownerUrl, mode });
    return await asOwner(database.ownerUrl, readLaws);
  } finally {
    await database.drop();
  }
}

async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

test('laws.txt says what the migrations make (vitest run -u writes it anew)', async () => {
  const [production, sandbox] = [await lawsOf('production'), await lawsOf('test')];
  await expect(formatLaws(production, sandbox)).toMatchFileSnapshot('./laws.txt');
});

describe('a law is told of that', () => {
  let owner: pg.Client;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await drop();
  });

  async function alteredAfter(sql: string, mayMoveClock = true): Promise<string[]> {
    await owner.query('BEGIN');
    try {
      await owner.query(sql);
      return await alteredLaws(owner, mayMoveClock);
    } finally {
      await owner.query('ROLLBACK');
    }
  }

  test('none, when nobody has touched them', async () => {
    expect(await alteredAfter('SELECT 1')).toEqual([]);
  });

  test.each([
    [
      'has another body',
      `CREATE OR REPLACE FUNCTION add_calendar_months(start timestamptz, months integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE
         PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS 'SELECT start'`,
      'function add_calendar_months(start timestamp with time zone, months integer)',
    ],
    [
      'has another search path',
      'ALTER FUNCTION keeping_class(signing_sessions) SET search_path = public',
      'function keeping_class(s signing_sessions)',
    ],
    ['rests', 'ALTER TABLE tombstones DISABLE TRIGGER guard_tombstone', 'trigger guard_tombstone on tombstones'],
    ['is gone', 'DROP TRIGGER append_only ON acceptances', 'trigger append_only on acceptances'],
    [
      'has a condition',
      `DROP TRIGGER append_only ON events;
       CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW WHEN (false)
         EXECUTE FUNCTION guard_kept('private_sealed', 'salt_sealed', 'salt')`,
      'trigger append_only on events',
    ],
    [
      'was added',
      'CREATE TRIGGER aaa BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      'trigger aaa on events',
    ],
    ['holds the owner no more', 'ALTER TABLE events NO FORCE ROW LEVEL SECURITY', 'wall of events'],
    ['walls nothing', 'ALTER TABLE contracts DISABLE ROW LEVEL SECURITY', 'wall of contracts'],
    ['opens the wall', 'CREATE POLICY more ON events USING (true)', 'policy more on events'],
    ['does something else', 'CREATE RULE swallow AS ON DELETE TO drafts DO INSTEAD NOTHING', 'rule swallow on drafts'],
    [
      'stands before one of the same name',
      `CREATE FUNCTION add_calendar_months(start timestamp, months integer) RETURNS timestamptz LANGUAGE sql AS 'SELECT aceite_now()'`,
      'function add_calendar_months(start timestamp without time zone, months integer)',
    ],
  ])('%s', async (_, sql, law) => {
    expect(await alteredAfter(sql)).toEqual([law]);
  });

  test('moves the clock where it must stand', async () => {
    expect(await alteredAfter('SELECT 1', false)).toEqual(['function aceite_now()']);
  });

  test('is not ours: a function that an operator needs for something else', async () => {
    expect(await alteredAfter(`CREATE FUNCTION how_busy() RETURNS integer LANGUAGE sql AS 'SELECT 1'`)).toEqual([]);
  });
});
