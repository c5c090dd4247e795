import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '#lib/config.ts';

const main = join(import.meta.dirname, '..', 'cli', 'main.ts');
const run = promisify(execFile);

export type CommandAnswer = Record<string, unknown>;

/** Runs one `aceite … --json` beside the portal of that data folder, in a process of its own. Throws with what was said when it fails. */
export async function commandAt(dataDir: string, ...argv: string[]): Promise<CommandAnswer> {
  const { stdout } = await run(process.execPath, [main, ...argv, '--json'], {
    env: childEnvironment({ ACEITE_DATA_DIR: dataDir }),
  });
  return JSON.parse(stdout);
}
