import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { aceite } from './command-line.ts';
import { createEmptyTestDatabase } from './database.ts';
import type { TestDatabase } from './postgres-cluster.ts';

export type Restored = {
  code: number;
  tables: { table: string; rows: number }[];
  faults: { code: string; message: string }[];
};

export type RestorePlace = {
  /** Where files of the test can lie. */
  at(name: string): string;
  /** The empty database of each test, which the environment names. */
  target: TestDatabase;
  /** Restores a backup into it by the command, and gives what that said in JSON. Throws when nothing was restored. */
  restored(path: string, ...options: string[]): Promise<Restored>;
};

/** A folder for the test file and an empty database for each of its tests; all of it is removed at the end. */
export function restorePlace(): RestorePlace {
  let folder = '';
  const place = {
    at: (name: string) => join(folder, name),
    target: {} as TestDatabase,
    restored: async (path: string, ...options: string[]): Promise<Restored> => {
      const { code, out, err } = await aceite('restore', path, '--json', ...options);
      if (out === '') throw new Error(`nothing was restored: ${err}`);
      return { code, ...JSON.parse(out) };
    },
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'aceite-restore-'));
  });
  beforeEach(async () => {
    place.target = await createEmptyTestDatabase();
    vi.stubEnv('DATABASE_URL', place.target.url);
    vi.stubEnv('MIGRATION_DATABASE_URL', place.target.ownerUrl);
    vi.stubEnv('ACEITE_DATA_DIR', folder);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await place.target.drop();
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return place;
}
