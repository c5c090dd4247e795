import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '#lib/config.ts';
import { buildIdOf, buildManifestName } from '#lib/domain/software.ts';
import { buildManifest } from './build-manifest.ts';
import { CommandFailure } from './command.ts';
import { hashSources } from './hash-sources.ts';
import { endGroup } from './process-tree.ts';

/** The checkout, wherever the command was called from. */
export const projectFolder = join(import.meta.dirname, '../..');

const builtFolder = join(projectFolder, '.next');
/** Written last: without it, a build that was interrupted is never taken for a whole one. */
const manifestFile = join(builtFolder, buildManifestName);
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
  const hash = await hashSources(projectFolder);
  if (hash === undefined || hash === (await sourcesOfLastBuild())) return;
  await rm(manifestFile, { force: true });
  onProgress('building the portal (about a minute on two cores)');
  await runBuild(onProgress, signal);
  if (signal?.aborted) return;
  const buildId = await readFile(join(builtFolder, 'BUILD_ID'), 'utf8');
  // What was built must be what the manifest says, and an editor may have saved a file meanwhile.
  if (buildId.trim() !== buildIdOf(hash) || hash !== (await hashSources(projectFolder)))
    throw new CommandFailure('The sources were changed while the portal was built. Start again.');
  await writeFile(manifestFile, JSON.stringify(await buildManifest(projectFolder, builtFolder, hash)));
}

async function sourcesOfLastBuild(): Promise<string | undefined> {
  const manifest = await readFile(manifestFile, 'utf8').catch(() => undefined);
  return manifest === undefined ? undefined : JSON.parse(manifest).sourcesSha256;
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
