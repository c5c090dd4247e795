import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The verifier that travels in every dossier. */
export const pythonVerifier = fileURLToPath(new URL('../evidence/dossier/verify.py', import.meta.url));

type PythonOutcome = { code: number; out: string; err: string };

/** Runs the verifier as people do, in a process of its own. */
export function runPythonVerifier(argv: readonly string[]): PythonOutcome {
  const { status, stdout, stderr, error } = spawnSync(python().path, ['-B', pythonVerifier, ...argv], {
    encoding: 'utf8',
  });
  if (error) throw error;
  return { code: status ?? -1, out: stdout, err: stderr };
}

/** Throws with what to install when this machine lacks what the verifier needs. */
export function needPythonAndOpenSsl(): void {
  python();
  const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
  const isRight = Number(/^OpenSSL (\d+)\./.exec(openssl)?.[1]) >= 3;
  if (!isRight) throw new Error(missing('OpenSSL 3 or newer', openssl, 'openssl', 'openssl@3'));
}

let found: { path: string } | undefined;

/** The interpreter itself: a launcher in front of it (pyenv) would find itself through PATH, which some tests empty. */
function python(): { path: string } {
  if (found) return found;
  const question = 'import sys; print(sys.version_info >= (3, 9), sys.version.split()[0], sys.executable)';
  const answer = spawnSync('python3', ['-c', question], { encoding: 'utf8' }).stdout ?? '';
  const [, isRight, version = '', path = ''] = /^(\w+) (\S+) (.+)$/m.exec(answer) ?? [];
  if (isRight !== 'True') throw new Error(missing('Python 3.9 or newer', version, 'python3', 'python'));
  found = { path };
  return found;
}

function missing(what: string, instead: string, debian: string, brew: string): string {
  const there = instead.trim() === '' ? 'none was found' : `found: ${instead.trim()}`;
  return `The verifier in Python needs ${what} (${there}). Install it: "apt-get install ${debian}" on Debian and Ubuntu, "brew install ${brew}" on macOS.`;
}
