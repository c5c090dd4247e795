import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { createTlogWitness } from '#lib/providers/tlog-witness/client.ts';
import type { KnownWitness } from '#lib/usecases/context.ts';

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

/** A witness in a process of its own, started as a merchant would. */
export type RunningWitness = {
  url: string;
  /** Its verifier key, as it said it. */
  vkey: string;
  kill(): Promise<void>;
  /** Ends it as an operator would; gives what it said on its standard error. */
  stop(): Promise<string>;
};

/** Throws with what it complained of when it does not start. */
export async function startWitness(folder: string, logs: string[], ...more: string[]): Promise<RunningWitness> {
  const options = [...logs.flatMap((log) => ['--log', log]), '--data', folder, '--port', '0', ...more];
  const child = spawn(process.execPath, [main, 'witness', ...options], {
    env: { NODE_ENV: 'test', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  const closed = once(child, 'close');
  const said = () => Buffer.concat(complaints).toString();
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  const [vkey, url] = lines.map((line) => line.replace(/^Witness (?:key|at) /, ''));
  if (vkey === undefined || url === undefined) {
    await closed;
    throw new Error(said());
  }
  return { url, vkey, ...endings(child, closed, said) };
}

/** The witness as the portal's settings would make it known. */
export function knownOf({ url, vkey }: RunningWitness): KnownWitness {
  const reading = parseVerifierKey(vkey);
  if (!reading.ok) throw new Error(`${vkey}: ${reading.code}`);
  return { key: reading.key, witness: createTlogWitness({ url }) };
}

function endings(child: ChildProcess, closed: Promise<unknown[]>, said: () => string) {
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await closed;
      if (code !== 0) throw new Error(`The witness ended with ${code}: ${said()}`);
      return said();
    },
  };
}
