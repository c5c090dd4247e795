import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { runCommandLine } from '#lib/cli/main.ts';
import { createTestDatabase } from './database.ts';

export type CommandOutcome = { code: number; out: string; err: string };

/** Runs one `aceite` command in this process, with the settings that the test has put into the environment. */
export async function aceite(...argv: string[]): Promise<CommandOutcome> {
  const said = { out: [] as string[], err: [] as string[] };
  const io = { out: (text: string) => said.out.push(text), err: (text: string) => said.err.push(text) };
  const code = await runCommandLine(argv, io);
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}

/** As `aceite … --json`, parsed; throws with what was said when the command did not succeed. */
export async function aceiteJson(...argv: string[]): Promise<Record<string, unknown>> {
  const outcome = await aceite(...argv, '--json');
  if (outcome.code !== 0) throw new Error(`aceite ${argv.join(' ')} ended with ${outcome.code}: ${outcome.err}`);
  return JSON.parse(outcome.out);
}

/** A database and a data folder for the commands of a test file, named by the environment of each test and removed at the end. */
export function commandPlace(): { database: { url: string }; dataDir: string } {
  const place = { database: { url: '' }, dataDir: '' };
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = () => database.drop();
    place.database.url = database.url;
    place.dataDir = await mkdtemp(join(tmpdir(), 'aceite-commands-'));
  });
  beforeEach(() => {
    vi.unstubAllEnvs();
    vi.stubEnv('ACEITE_DATA_DIR', place.dataDir);
    vi.stubEnv('DATABASE_URL', place.database.url);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await drop();
    await rm(place.dataDir, { recursive: true });
  });
  return place;
}
