import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromiumPath } from '#lib/config.ts';
import { projectFolder } from './build.ts';
import { CommandFailure } from './command.ts';
import { installPackages, isRootOnDebian, runLoudly } from './debian-packages.ts';

const usualPlaces = [
  // Chromium without its own windows, menus and start pages, which nobody sees here: the same tests take a quarter less of a processor.
  '/usr/bin/chromium-headless-shell',
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
  if (isRootOnDebian()) {
    onProgress('Chromium is missing: installing the Debian package (about 70 MB)');
    await installPackages(['chromium-headless-shell']);
  } else await installPlaywrights(onProgress);
  const installed = usualPlaces.find(doesStart) ?? (await playwrightsOwn());
  if (installed) return installed;
  throw new CommandFailure(
    'The browser tests need Chromium, and it could not be installed. Install it (Debian: apt-get install chromium-headless-shell; elsewhere ' +
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

async function installPlaywrights(onProgress: (message: string) => void): Promise<void> {
  onProgress("Chromium is missing: installing Playwright's own (about 150 MB)");
  await runLoudly(process.execPath, [playwrightProgram, 'install', 'chromium']);
}
