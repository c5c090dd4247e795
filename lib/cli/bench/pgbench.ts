import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommandFailure } from '../command.ts';

/** Where Debian's packages put what they do not put on the path. */
const packagedFolder = '/usr/lib/postgresql';
/** A pipeline cannot be written for an older one. */
const majorMin = 14;
const outputBytesMax = 4_000_000;

const run = promisify(execFile);

/** The path of a pgbench that knows pipelines, or undefined where none is installed. */
export async function findPgbench(): Promise<string | undefined> {
  const versions = await readdir(packagedFolder).catch(() => []);
  const packaged = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(packagedFolder, version, 'bin/pgbench'));
  for (const path of ['pgbench', ...packaged]) {
    const version = await run(path, ['--version']).catch(() => undefined);
    const major = Number(/(\d+)/.exec(version?.stdout ?? '')?.[1] ?? 0);
    if (major >= majorMin) return path;
  }
  return undefined;
}

export type PgbenchRun = {
  program: string;
  url: string;
  /** Settings of the connection, as in the driver's `options`. */
  options: string;
  scriptFile: string;
  script: string;
  variables: ReadonlyMap<string, string>;
  clients: number;
  transactionsPerClient: number;
};

/** Runs a script in prepared statements and answers its transactions per second, connecting left out. */
export async function runPgbench(plan: PgbenchRun): Promise<number> {
  await writeFile(plan.scriptFile, plan.script, { mode: 0o600 });
  const address = new URL(plan.url);
  address.searchParams.set('options', plan.options);
  const args = [
    ...['-n', '-M', 'prepared', '-f', plan.scriptFile, '-c', String(plan.clients)],
    ...['-j', String(Math.min(plan.clients, availableParallelism())), '-t', String(plan.transactionsPerClient)],
    ...[...plan.variables].flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    // Spaces as libpq wants them; a plus sign would stay one.
    address.href.replaceAll('+', '%20'),
  ];
  const { stdout } = await run(plan.program, args, { maxBuffer: outputBytesMax }).catch(failure);
  const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  if (!(rate > 0)) throw new CommandFailure(`pgbench gave no figure:\n${lastWords(stdout)}`);
  return rate;
}

function failure(error: unknown): never {
  const { stderr } = error as { stderr?: string };
  throw new CommandFailure(`pgbench failed:\n${lastWords(stderr ?? String(error))}`);
}

/** Its complaints quote whole statements, and with them the bytes of a contract. */
function lastWords(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-5);
  return lines.map((line) => line.slice(0, 300)).join('\n');
}
