import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { exitCodeOf } from '#lib/evidence/verify/verdict.ts';
import { readDossier } from '#lib/usecases/merchant/read-dossier.ts';
import { trustFile } from '#lib/usecases/system/trust-file.ts';
import type { BenchSandbox } from './bench-sandbox.ts';
import { type Figure, ofRounds } from './figure.ts';
import type { Scale } from './scale.ts';
import type { ToldByRun } from './verify-once.ts';

const part = 'Verifying a final dossier, CPU of a fresh process';

/** What checking a dossier costs somebody who does it once, in either language; the starts of Node and Python do not count. */
export async function measureVerifiers(
  sandbox: BenchSandbox,
  sessionId: string,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  onProgress('verifying dossiers');
  const { dossier, trust } = await writeFiles(sandbox, sessionId);
  const typeScript: number[] = [];
  const python: number[] = [];
  for (let round = 1; round <= scale.rounds; round += 1) {
    typeScript.push(await cpuMsOfRun(process.execPath, [typeScriptVerifier, dossier, trust]));
    python.push(await cpuMsOfRun('python3', ['-B', '-c', timedPython, pythonVerifier, dossier, '--trust', trust]));
  }
  const goal = { kind: 'at most', value: 200 } as const;
  return [
    { part, name: 'in TypeScript, its modules loaded', unit: 'ms', ...ofRounds(typeScript), goal },
    { part, name: 'in Python, without its openssl calls', unit: 'ms', ...ofRounds(python), goal },
  ];
}

async function writeFiles(
  { ctx, merchant, config }: BenchSandbox,
  sessionId: string,
): Promise<{ dossier: string; trust: string }> {
  const read = await readDossier(ctx, merchant, sessionId);
  if (!read.ok) throw new Error('a session of a benchmark has no dossier');
  const [dossier, trust] = [join(config.dataDir, 'dossier.zip'), join(config.dataDir, 'trust.json')];
  await writeFile(dossier, read.bytes);
  await writeFile(trust, JSON.stringify(await trustFile(ctx)));
  return { dossier, trust };
}

const told: z.ZodType<ToldByRun> = z.object({ code: z.int(), cpuMs: z.number().nonnegative() });

async function cpuMsOfRun(program: string, argv: string[]): Promise<number> {
  const { stderr, stdout } = await promisify(execFile)(program, argv);
  const { code, cpuMs } = told.parse(JSON.parse(stderr));
  if (code !== exitCodeOf.VALID) throw new Error(`the dossier of a benchmark is not valid: ${code}\n${stdout}`);
  return cpuMs;
}

const typeScriptVerifier = join(import.meta.dirname, 'verify-once.ts');
const pythonVerifier = join(import.meta.dirname, '..', '..', 'evidence', 'dossier', 'verify.py');

/**
 * Runs the verifier as a script, reading and compiling it included. `process_time` is the processor time of the Python process, without its
 * children; what starting those costs itself is taken off, since it belongs to the calls of openssl.
 */
const timedPython = `
import json, os, runpy, subprocess, sys, time
began, away, run, leave = time.process_time(), 0.0, subprocess.run, os._exit
def timed_run(*arguments, **options):
    global away
    at = time.process_time()
    try:
        return run(*arguments, **options)
    finally:
        away += time.process_time() - at
def timed_exit(code):
    sys.stderr.write(json.dumps({"code": code, "cpuMs": (time.process_time() - began - away) * 1000}))
    sys.stderr.flush()
    leave(0)
subprocess.run, os._exit, sys.argv = timed_run, timed_exit, sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
`;
