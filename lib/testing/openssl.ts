import { spawnSync } from 'node:child_process';

/** Runs the system's openssl 3 in a folder; a failure tells what it printed. */
export function openssl(folder: string, args: string[], input?: Uint8Array): Buffer {
  const { status, stdout, stderr, error } = spawnSync('openssl', args, { cwd: folder, ...(input && { input }) });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}
