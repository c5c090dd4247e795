import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '#lib/config.ts';
import { CommandFailure } from './command.ts';
import { endGroup } from './process-tree.ts';

/** The checkout, wherever the command was called from. */
export const projectFolder = join(import.meta.dirname, '../..');

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'tsconfig.json',
];
/** What never gets into the bundle; a changed test must not cost a build. */
const notBuilt = /^lib\/(?:cli|testing|decisions)\/|\.test\.tsx?$|\.md$/;

const stampFile = join(projectFolder, '.next', 'aceite-sources');
const nextProgram = join(projectFolder, 'node_modules', 'next', 'dist', 'bin', 'next');

/** How much of a failed build is shown. */
const outputLinesShown = 40;
/** A silent terminal looks like a broken one. */
const heartbeatMs = 10_000;

export type BuildOptions = { onProgress: (message: string) => void; signal?: AbortSignal };

/**
 * Builds the portal when its sources are not those of the last build; else it costs the reading of the sources. Throws
 * CommandFailure with the end of the build's own words when it fails.
 */
export async function buildIfStale({ onProgress, signal }: BuildOptions): Promise<void> {
  const hash = await hashSources();
  if (hash === undefined || hash === (await readFile(stampFile, 'utf8').catch(() => undefined))) return;
  // Without the stamp, a build that was interrupted is never taken for a whole one.
  await rm(stampFile, { force: true });
  onProgress('building the portal (about a minute on two cores)');
  await runBuild(onProgress, signal);
  await mkdir(join(projectFolder, '.next'), { recursive: true });
  await writeFile(stampFile, hash);
}

/** Undefined where a build came without its sources, as in a container image. */
async function hashSources(): Promise<string | undefined> {
  if (!existsSync(join(projectFolder, 'app'))) return undefined;
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  const paths = (await Promise.all(sources.map(filesOf))).flat();
  const built = paths.filter((path) => !notBuilt.test(path)).sort();
  const texts = await Promise.all(built.map((path) => readFile(join(projectFolder, path))));
  for (const [index, path] of built.entries()) hash.update(`\n${path}\n`).update(texts[index] ?? '');
  return hash.digest('hex');
}

async function filesOf(source: string): Promise<string[]> {
  const path = join(projectFolder, source);
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [source];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(projectFolder.length + 1)
        .replaceAll('\\', '/'),
    );
}

async function runBuild(onProgress: (message: string) => void, signal: AbortSignal | undefined): Promise<void> {
  const started = performance.now();
  const child = spawn(process.execPath, [nextProgram, 'build'], {
    cwd: projectFolder,
    env: { ...childEnvironment({ NODE_ENV: 'production' }), NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // The build has workers of its own; they go with it.
  const end = () => endGroup(child, 'SIGTERM');
  signal?.addEventListener('abort', end, { once: true });
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const heartbeat = setInterval(() => onProgress(`still building, ${seconds()} s`), heartbeatMs);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>((settle, reject) => child.once('close', settle).once('error', reject));
  clearInterval(heartbeat);
  signal?.removeEventListener('abort', end);
  if (code !== 0 && !signal?.aborted) throw buildFailure(output);
  if (code === 0) onProgress(`built in ${seconds()} s`);
}

function buildFailure(output: string): CommandFailure {
  if (/\bENOSPC\b|no space left on device/i.test(output)) {
    return new CommandFailure(
      `The disk that holds ${projectFolder} is full, so the portal could not be built. Free about 500 MB and start again.`,
    );
  }
  const lines = output.trimEnd().split('\n');
  const shown = lines.slice(-outputLinesShown).join('\n');
  return new CommandFailure(`${shown}\n\nThe portal could not be built; above is what the build said last.`);
}
