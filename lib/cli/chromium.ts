import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from '#lib/config.ts';
import { projectFolder } from './build.ts';
import { CommandFailure } from './command.ts';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const playwrightProgram = join(projectFolder, 'node_modules', 'playwright', 'cli.js');
/** A cold browser on a busy disk is slow to say its name. */
const answerLimitMs = 20_000;

/**
 * The path of a Chromium that starts: CHROMIUM_PATH, the usual places, Playwright's own; else one that is installed now. Throws
 * CommandFailure when there is none to be had.
 */
export async function findChromium(onProgress: (message: string) => void): Promise<string> {
  const wished = chromiumPath();
  if (wished) {
    if (doesStart(wished)) return wished;
    throw new CommandFailure(`CHROMIUM_PATH names ${wished}, which does not start. Correct it, or leave it out.`);
  }
  const found = usualPlaces.find(doesStart) ?? (await playwrightsOwn());
  if (found) return found;
  if (isRootOnDebian()) await installPackage(onProgress);
  else await installPlaywrights(onProgress);
  const installed = usualPlaces.find(doesStart) ?? (await playwrightsOwn());
  if (installed) return installed;
  throw new CommandFailure(
    'The browser tests need Chromium, and it could not be installed. Install it (Debian: apt-get install chromium; elsewhere ' +
      'Chromium or Chrome), or set CHROMIUM_PATH to its program, and run the same command again.',
  );
}

/** Asked by running it: on some systems the usual name is a note that tells how to install it. */
function doesStart(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: answerLimitMs });
  return status === 0 && /chrom/i.test(stdout);
}

async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return doesStart(path) ? path : undefined;
}

/** Ubuntu, whose package of that name only leads to a snap, is not meant. */
function isRootOnDebian(): boolean {
  try {
    return process.getuid?.() === 0 && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

async function installPackage(onProgress: (message: string) => void): Promise<void> {
  // Another installation may hold the lock for a while.
  const patient = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  onProgress('Chromium is missing: installing the Debian package (about 100 MB)');
  await run('apt-get', [...patient, '-qq', 'update']);
  const quiet = ['-qq', '-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0'];
  await run('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...patient, ...quiet, 'install', 'chromium']);
}

async function installPlaywrights(onProgress: (message: string) => void): Promise<void> {
  onProgress("Chromium is missing: installing Playwright's own (about 150 MB)");
  await run(process.execPath, [playwrightProgram, 'install', 'chromium']);
}

/** Its failure shows in the next look for a browser; its own words are on the terminal. */
function run(program: string, args: string[]): Promise<void> {
  return new Promise((settle) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('close', () => settle());
    child.once('error', () => settle());
  });
}
