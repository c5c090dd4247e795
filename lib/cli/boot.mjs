// The door of every npm script. It has to run on any Node from 20 on, in a clone that has nothing installed yet, so it is
// plain JavaScript without dependencies: install what the lock file says, then hand over to Node 24 and lib/cli/main.ts.
// Besides lib/config.ts it is the only file that touches process.env, which it passes on.
//
//   node lib/cli/boot.mjs <start|dev|test|check|aceite> [arguments]

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stampFile = join(root, 'node_modules', '.aceite-installed');

/** TypeScript runs directly from this version on. */
const nodeMajorMin = 24;

/** How often a terminal that shows no progress bar is told that the installation still runs. */
const heartbeatMs = 10_000;

/** How long the portal may outlive the npm that was asked to stop it. */
const parentPollMs = 500;

/** The first 24 without CVE-2026-111497. */
const safeNode24 = [24, 22, 1];

/** The first signal that asked us to stop. */
let stopSignal;

process.exitCode = await boot(process.argv.slice(2));

async function boot([command, ...args]) {
  if (!['start', 'dev', 'test', 'check', 'aceite'].includes(command)) {
    console.error('Usage: node lib/cli/boot.mjs <start|dev|test|check|aceite> [arguments]');
    return 64;
  }
  // `check` is `test` without the installation: for machines that have installed already and may not reach a registry.
  if (command !== 'check') {
    const code = await installWhatIsMissing();
    if (code !== 0) return code;
  }
  const node = findNode();
  if (node === undefined) return 1;
  if (command === 'start') warnOfFaultyNode(node.version);
  const mainArgs = command === 'aceite' ? args : [command, ...args];
  return run(node.path, [join(root, 'lib', 'cli', 'main.ts'), ...mainArgs], {
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
}

async function installWhatIsMissing() {
  const wanted = installationMark();
  if (readText(stampFile) === wanted) return 0;
  console.error('Installing the packages of package-lock.json (once; this takes a minute or two) …');
  const startedAt = Date.now();
  const heartbeat = setInterval(() => {
    if (!process.stderr.isTTY) console.error(`… still installing, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }, heartbeatMs);
  const code = await runNpm([
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    // Its warnings speak of the shell's Node, which only installs; what fails is said all the same.
    '--loglevel=error',
  ]);
  clearInterval(heartbeat);
  if (code === 0) {
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, wanted);
    return 0;
  }
  if (stopSignal === undefined) {
    console.error(
      `\nThe packages could not be installed: npm ended with ${code}. Its own message stands above. Is the package registry ` +
        'reachable (npm ping), is the disk full (df .), may you write to this folder? Then run the same command again.',
    );
  }
  return code;
}

/** What is installed depends on the lock file and on the machine, which may be another one in a copied folder. */
function installationMark() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}

/** The npm that started us, run by the Node that runs us; else the one on the PATH, which on Windows is a batch file. */
function runNpm(args) {
  // Its stdout would stand in front of what the command prints for a script (--json).
  const options = { stdio: ['inherit', process.stderr, 'inherit'], cwd: root };
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.c?js$/.test(own)) return run(process.execPath, [own, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** The Node of the lock file. The shell's own does only where that package does not exist, and is asked for its version. */
function findNode() {
  const installed = [
    join(root, 'node_modules', '.bin', 'node'),
    join(root, 'node_modules', `node-${process.platform.replace('win32', 'win')}-${process.arch}`, 'bin', 'node.exe'),
  ];
  for (const path of installed) {
    const version = existsSync(path) ? versionOf(path) : undefined;
    if (version !== undefined && version[0] >= nodeMajorMin) return { path, version };
  }
  if (!existsSync(join(root, 'node_modules'))) {
    console.error('The packages are not installed. Run npm test or npm start, which install them, or npm ci.');
    return undefined;
  }
  const version = numbersOf(process.version);
  if (version[0] >= nodeMajorMin) {
    console.error(
      `Warning: no Node package for ${process.platform}-${process.arch}; using your own ${process.version}.`,
    );
    return { path: process.execPath, version };
  }
  console.error(
    `Node ${nodeMajorMin} or newer is needed. Its package does not run on ${process.platform}-${process.arch}, and your ` +
      `own Node is ${process.version}. Install Node ${nodeMajorMin} (https://nodejs.org) and run the same command again.`,
  );
  return undefined;
}

function versionOf(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? numbersOf(stdout) : undefined;
}

function numbersOf(version) {
  return version.trim().replace(/^v/, '').split('.').map(Number);
}

function warnOfFaultyNode(version) {
  const [major, minor, patch] = version;
  const [safeMajor, safeMinor, safePatch] = safeNode24;
  if (major !== safeMajor || minor > safeMinor || (minor === safeMinor && patch >= safePatch)) return;
  console.error(
    `Warning: Node ${version.join('.')} has the fault CVE-2026-111497, mended in ${safeNode24.join('.')}. ` +
      'Aceite decodes no compressed body in either direction, so nobody can reach it from outside; a later Aceite brings a later Node.',
  );
}

/**
 * Runs a program and waits for it, whatever signal arrives: the child decides how to stop, its exit code is ours. A Ctrl-C
 * reaches the child twice on its own (from the terminal, which signals the whole group, and from npm), and a third time it
 * would pass for impatience. So every signal is passed on once, as SIGTERM, which a stopping child takes for no news.
 */
function run(program, args, options) {
  if (stopSignal !== undefined) return Promise.resolve(128 + constants.signals[stopSignal]);
  return new Promise((resolve) => {
    const child = spawn(program, args, options);
    const pass = (signal) => {
      if (stopSignal === undefined) child.kill('SIGTERM');
      stopSignal ??= signal;
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const parentWatch = watchNpm(() => pass('SIGTERM'));
    const finish = (code) => {
      clearInterval(parentWatch);
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      finish(1);
    });
    child.once('exit', (code, signal) => finish(code ?? 128 + constants.signals[signal]));
  });
}

/**
 * npm runs scripts through a shell, and many a shell dies of a signal without passing it on: npm would be gone and the portal
 * still running. Started by hand we stay, since then a parent may end for good reasons (nohup, setsid).
 */
function watchNpm(onEnd) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && onEnd(), parentPollMs);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
