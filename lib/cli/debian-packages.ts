import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ubuntu, some of whose packages only lead to a snap, is meant only where `others` says so. */
export function isRootOnDebian(others: readonly string[] = []): boolean {
  try {
    const [, id = ''] = /^ID="?(\w+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    return process.getuid?.() === 0 && ['debian', ...others].includes(id);
  } catch {
    return false;
  }
}

/** Installs packages as root. What fails shows in the next look for what they should bring; apt's own words are on the terminal. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  // Another installation may hold the lock for a while.
  const patient = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  await runLoudly('apt-get', [...patient, '-qq', 'update']);
  const quiet = ['-qq', '-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0'];
  await runLoudly('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...patient, ...quiet, 'install', ...packages]);
}

/** Runs a program with its words on the terminal, and waits for its end, however it ends. */
export function runLoudly(program: string, args: string[]): Promise<void> {
  return new Promise((settle) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('close', () => settle());
    child.once('error', () => settle());
  });
}
