import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandIo } from './command.ts';

export type ChildPlan = {
  /** How it is called in messages. */
  name: string;
  /** Arguments of the `aceite` command. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Without the web there is no portal; the others come back while the web keeps working. */
  whenItEnds: 'start it again' | 'stop everything';
};

export type ProcessTree = {
  start(plan: ChildPlan): void;
  /** Settles with a sentence when a child has ended without which there is no portal. */
  lost: Promise<string>;
  /** From now on children speak to the terminal; until then only their errors do. */
  unmute(): void;
  /** Ends the children one after the other, in the order in which they were started. */
  stop(): Promise<void>;
  /** Ends what is left of them at once. */
  hurry(): void;
};

/** A restart waits longer each time, and forgets after the child has run for a while. */
const backOffMs = { first: 500, most: 30_000, forgottenAfter: 60_000 };
/** An answer of the lender may take 30 seconds, and a lease must not be lost for impatience. */
const stopLimitMs = 35_000;
/** The hot-reloading server ends with this when its configuration has changed, and expects to be started again. */
const wantsRestartCode = 77;
const mutedLinesMax = 200;

const program = join(import.meta.dirname, 'main.ts');

/**
 * The processes of one portal. Each is the leader of its own process group, so that a terminal's Ctrl-C reaches only us and the order
 * holds; each hears through its channel when we die, and ends (see main.ts), so that nothing is left behind holding a port.
 */
export function createProcessTree(io: CommandIo, isTalkative: boolean): ProcessTree {
  const lost = Promise.withResolvers<string>();
  const stopping = new AbortController();
  const children: SupervisedChild[] = [];
  const voice: Voice = { io, isMuted: !isTalkative };
  return {
    lost: lost.promise,
    start(plan) {
      children.push(superviseChild(plan, voice, stopping.signal, lost.resolve));
    },
    unmute() {
      voice.isMuted = false;
    },
    async stop() {
      stopping.abort();
      for (const child of children) await child.stop();
    },
    hurry() {
      stopping.abort();
      for (const child of children) endGroup(child.process, 'SIGKILL');
    },
  };
}

type Voice = { io: CommandIo; isMuted: boolean };
type SupervisedChild = { process: ChildProcess; stop(): Promise<void> };

function superviseChild(
  plan: ChildPlan,
  voice: Voice,
  stopping: AbortSignal,
  onLost: (sentence: string) => void,
): SupervisedChild {
  let waitMs = backOffMs.first;
  const launch = (): ChildProcess => {
    const started = performance.now();
    const child = launchChild(plan, voice);
    if (!voice.isMuted) voice.io.err(`${plan.name} is process ${child.pid}.`);
    child.once('exit', (code, signal) => {
      if (stopping.aborted) return;
      const how = `${plan.name} ended unexpectedly (${signal ?? `exit code ${code}`})`;
      if (plan.whenItEnds === 'stop everything' && code !== wantsRestartCode) return onLost(`${how}.`);
      if (performance.now() - started > backOffMs.forgottenAfter) waitMs = backOffMs.first;
      voice.io.err(`${how}; starting it again in ${waitMs / 1000} s.`);
      void relaunch(waitMs);
      waitMs = Math.min(waitMs * 2, backOffMs.most);
    });
    return child;
  };
  const relaunch = async (ms: number): Promise<void> => {
    const wasStopped = await pause(ms, false, { signal: stopping }).catch(() => true);
    if (!wasStopped) supervised.process = launch();
  };
  const supervised: SupervisedChild = { process: launch(), stop: () => stopChild(supervised.process) };
  return supervised;
}

function launchChild(plan: ChildPlan, voice: Voice): ChildProcess {
  const child = spawn(process.execPath, [program, ...plan.args], {
    env: plan.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const held: string[] = [];
  onLine(child.stdout, (line) => {
    if (!voice.isMuted) return voice.io.out(line);
    held.push(line);
    if (held.length > mutedLinesMax) held.shift();
  });
  onLine(child.stderr, (line) => voice.io.err(line));
  // What it said before its early end is the best explanation there is.
  child.once('close', (code) => {
    if (voice.isMuted && code !== 0) for (const line of held) voice.io.err(line);
  });
  return child;
}

function onLine(stream: Readable | null, take: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', take);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => endGroup(child, 'SIGKILL'), stopLimitMs);
  await ended;
  clearTimeout(impatience);
}

/** With whatever it has started itself. */
export function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}
