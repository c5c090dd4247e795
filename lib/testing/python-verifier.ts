import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The verifier that travels in every dossier. */
export const pythonVerifier = fileURLToPath(new URL('../evidence/dossier/verify.py', import.meta.url));

/**
 * Calls the verifier many times in one process, as Python takes longer to start than to check most dossiers. What openssl has answered is
 * remembered: most dossiers of a test share their stamps and signatures, and asking again about the same bytes proves nothing more.
 */
const driver = `
import contextlib, importlib.util, io, json, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
def same(given):
    # A path of certificates is the same one when their bytes are.
    return repr([[part.data for part in one] if isinstance(one, list) else one for one in given])
def remembered(ask):
    known = {}
    def answer(self, *given):
        if same(given) not in known:
            known[same(given)] = ask(self, *given)
        return known[same(given)]
    return answer
for name in ["_ed25519", "made_signature", "trusts_token"]:
    setattr(verify.OpenSsl, name, remembered(getattr(verify.OpenSsl, name)))
for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = verify.main(json.loads(line))
    print(json.dumps({"code": code, "out": out.getvalue(), "err": err.getvalue()}), flush=True)
`;

export type PythonOutcome = { code: number; out: string; err: string };

const bytesMax = 256 * 1024 * 1024;

/** Runs the verifier as people do, in a process of its own; `setting` in front may change what that process finds (`PATH=…`). */
export function runPythonVerifier(argv: readonly string[], ...setting: string[]): PythonOutcome {
  return runPythonVerifierAt(pythonVerifier, argv, ...setting);
}

/** The same with a copy of it that lies elsewhere. */
export function runPythonVerifierAt(path: string, argv: readonly string[], ...setting: string[]): PythonOutcome {
  const { status, stdout, stderr, error } = spawnSync(
    '/usr/bin/env',
    [...setting, python().path, '-B', path, ...argv],
    { encoding: 'utf8' },
  );
  if (error) throw error;
  return { code: status ?? -1, out: stdout, err: stderr };
}

/** One outcome for each list of arguments, in their order. */
export function runPythonVerifierOften(calls: readonly (readonly string[])[]): Promise<PythonOutcome[]> {
  const input = calls.map((argv) => `${JSON.stringify(argv)}\n`).join('');
  const argv = ['-B', '-c', driver, pythonVerifier];
  return new Promise((resolve, reject) => {
    const child = execFile(python().path, argv, { maxBuffer: bytesMax }, (error, out) => {
      if (error) return reject(error);
      const lines = out.split('\n').slice(0, -1);
      resolve(lines.map((line) => JSON.parse(line)));
    });
    child.stdin?.end(input);
  });
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
