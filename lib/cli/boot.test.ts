import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { childEnvironment } from '#lib/config.ts';

/** A clone whose lock file names no package, so that npm installs it without a network. */
let clone: string;

/** Stands where the portal's main program would: shows what it was given, and stops like it, on the first signal only. */
const main = `
  console.log(JSON.stringify({ args: process.argv.slice(2), telemetry: process.env.NEXT_TELEMETRY_DISABLED }));
  if (process.argv[2] === 'exit') process.exit(Number(process.argv[3]));
  const timer = setInterval(() => {}, 1000);
  let stops = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
    stops += 1;
    if (stops === 1) setTimeout(() => { console.log('stopped'); clearInterval(timer); }, 200);
  });
  console.log('ready');
`;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'aceite-boot-'));
  mkdirSync(join(clone, 'lib', 'cli'), { recursive: true });
  copyFileSync(join(import.meta.dirname, 'boot.mjs'), join(clone, 'lib', 'cli', 'boot.mjs'));
  writeFileSync(join(clone, 'lib', 'cli', 'main.ts'), main);
  writeFileSync(join(clone, 'package.json'), JSON.stringify({ name: 'clone', version: '1.0.0', type: 'module' }));
  lockPackages('clone');
});

afterEach(() => rmSync(clone, { recursive: true }));

function lockPackages(name: string): void {
  const lock = { name, lockfileVersion: 3, packages: { '': { name: 'clone', version: '1.0.0' } } };
  writeFileSync(join(clone, 'package-lock.json'), JSON.stringify(lock));
}

type Run = {
  child: ChildProcess;
  /** Resolves when the main program has said that it is up. */
  ready: Promise<void>;
  ended: Promise<{ exitCode: number | null; out: string; err: string }>;
};

function boot(...args: string[]): Run {
  const child = spawn(process.execPath, [join(clone, 'lib', 'cli', 'boot.mjs'), ...args], {
    cwd: clone,
    env: childEnvironment({}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { out: '', err: '' };
  child.stderr.on('data', (chunk) => {
    heard.err += chunk;
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      heard.out += chunk;
      if (heard.out.includes('ready')) resolve();
    });
  });
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, ...heard }));
  });
  return { child, ready, ended };
}

describe('an installation', () => {
  test('happens on a fresh clone, once, and again when the lock file changed', async () => {
    const installing = expect.stringContaining('Installing the packages');
    expect(await boot('aceite', 'exit', '0').ended).toMatchObject({ exitCode: 0, err: installing });
    expect(await boot('aceite', 'exit', '0').ended).toMatchObject({
      exitCode: 0,
      err: expect.not.stringContaining('Installing'),
    });
    lockPackages('another');
    expect(await boot('aceite', 'exit', '0').ended).toMatchObject({ exitCode: 0, err: installing });
  });

  test('that fails stops with npm’s code and says what to look at', async () => {
    writeFileSync(join(clone, 'package-lock.json'), '{ cut off');
    const { exitCode, out, err } = await boot('start').ended;
    expect(err).toContain('The packages could not be installed: npm ended with');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  });

  test('is never done by check, which says what to run instead', async () => {
    const { exitCode, err } = await boot('check').ended;
    expect(err).toContain('The packages are not installed. Run npm test or npm start');
    expect(exitCode).toBe(1);
  });
});

describe('the main program', () => {
  test.each([
    [
      ['aceite', 'link', '--expired'],
      ['link', '--expired'],
    ],
    [['aceite'], []],
    [['start'], ['start']],
    [
      ['test', 'lib/db'],
      ['test', 'lib/db'],
    ],
  ])('called as %j is given %j', async (given, handedOver) => {
    const { child, ready, ended } = boot(...given);
    await ready;
    child.kill('SIGTERM');
    const [first = ''] = (await ended).out.split('\n');
    expect(JSON.parse(first)).toEqual({ args: handedOver, telemetry: '1' });
  });

  test('decides the exit code', async () => {
    expect(await boot('aceite', 'exit', '7').ended).toMatchObject({ exitCode: 7 });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is told of %s and waited for', async (signal) => {
    const { child, ready, ended } = boot('start');
    await ready;
    child.kill(signal);
    expect(await ended).toMatchObject({ exitCode: 0, out: expect.stringContaining('stopped') });
  });
});

test('an unknown command is refused with the list of those there are', async () => {
  expect(await boot('strat').ended).toMatchObject({
    exitCode: 64,
    err: expect.stringContaining('start|dev|test|check|aceite'),
  });
});
