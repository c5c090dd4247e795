import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { childEnvironment } from '#lib/config.ts';
import { type ChildPlan, createProcessTree, type ProcessTree } from './process-tree.ts';

/** The sandbox lender is the smallest real child: it serves, and it stops on a signal. */
let folder: string;
let tree: ProcessTree;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-tree-'));
  said = [];
  const listen = (text: string) => void said.push(text);
  tree = createProcessTree({ out: listen, err: listen }, true);
});
afterEach(async () => {
  await tree.stop();
  await rm(folder, { recursive: true, force: true });
});

function plan(name: string, whenItEnds: ChildPlan['whenItEnds'], args = ['lender', '--port', '0']): ChildPlan {
  return {
    name,
    args,
    env: childEnvironment({ ACEITE_DATA_DIR: join(folder, name), ACEITE_MODE: 'sandbox' }),
    whenItEnds,
  };
}

function killLast(name: string): void {
  const pids = said.flatMap((line) => new RegExp(`^${name} is process (\\d+)`).exec(line)?.[1] ?? []);
  process.kill(Number(pids.at(-1)), 'SIGKILL');
}

const times = (words: string): number => said.filter((line) => line.includes(words)).length;
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 20_000, interval: 20 });

test('a child that dies is started again while the portal runs', async () => {
  tree.start(plan('The lender', 'start it again'));
  await until(() => times('Sandbox lender at') === 1);
  killLast('The lender');
  await until(() => times('Sandbox lender at') === 2);
  expect(times('The lender ended unexpectedly (SIGKILL); starting it again in 0.5 s.')).toBe(1);
});

test('a child without which there is no portal is reported as lost', async () => {
  tree.start(plan('The web', 'stop everything'));
  await until(() => times('Sandbox lender at') === 1);
  killLast('The web');
  expect(await tree.lost).toBe('The web ended unexpectedly (SIGKILL).');
});

test('a child that cannot start says why', async () => {
  tree.start(plan('The web', 'stop everything', ['lender', '--port', 'nonsense']));
  expect(await tree.lost).toBe('The web ended unexpectedly (exit code 2).');
  expect(times('--port nonsense is not a port number')).toBe(1);
});

test('nothing is restarted and nothing is lost once the stop has begun', async () => {
  tree.start(plan('The web', 'stop everything'));
  tree.start(plan('The lender', 'start it again'));
  await until(() => times('Sandbox lender at') === 2);
  await tree.stop();
  expect(times('unexpectedly')).toBe(0);
});

test('a child ends when its parent is killed, so that no port stays taken', async () => {
  const child = plan('orphan', 'start it again');
  const parent = spawn(process.execPath, ['--input-type=module', '-e', parentProgram], {
    env: { ...child.env, PROGRAM: join(import.meta.dirname, 'main.ts') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = /http:\S+/.exec(await firstLine(parent))?.[0] ?? '';
  expect(await answers(url)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitUntil(async () => !(await answers(url)), { timeout: 20_000, interval: 20 });
});

const parentProgram = `
  import { spawn } from 'node:child_process';
  const child = spawn(process.execPath, [process.env.PROGRAM, 'lender', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'], detached: true });
  child.stdout.once('data', (text) => console.log(String(text)));
`;

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the child has no output');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return line as string;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
