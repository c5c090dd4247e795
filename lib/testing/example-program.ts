import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '#lib/config.ts';
import type { ExampleLanguage } from '#lib/schema/examples/example-language.ts';

/** How a program of the documents becomes one that runs: what it needs, what its file is called, how it is built and started. */
type Runner = {
  /** A call that succeeds where the language is installed. */
  tool: readonly [string, ...string[]];
  fileOf(name: string): string;
  /** Builds every program of a folder at once, as compilers take longer to start than to work. */
  build?(files: readonly string[]): readonly [string, ...string[]];
  run(name: string): readonly [string, ...string[]];
};

const runners: Record<ExampleLanguage, Runner> = {
  curl: {
    tool: ['curl', '--version'],
    fileOf: (name) => `${name}.sh`,
    run: (name) => ['bash', `${name}.sh`],
  },
  typescript: {
    tool: [process.execPath, '--version'],
    fileOf: (name) => `${name}.mts`,
    run: (name) => [process.execPath, `${name}.mts`],
  },
  python: {
    tool: ['python3', '--version'],
    fileOf: (name) => `${name}.py`,
    run: (name) => ['python3', '-B', `${name}.py`],
  },
  php: { tool: ['php', '--version'], fileOf: (name) => `${name}.php`, run: (name) => ['php', `${name}.php`] },
  java: {
    tool: ['javac', '-version'],
    fileOf: (name) => `${name}.java`,
    build: (files) => ['javac', '-proc:none', '-encoding', 'UTF-8', ...files],
    run: (name) => ['java', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-cp', '.', name],
  },
  csharp: {
    tool: ['dotnet', '--version'],
    fileOf: (name) => `${name}.cs`,
    run: (name) => ['dotnet', 'run', `${name}.cs`, '--'],
  },
  go: { tool: ['go', 'version'], fileOf: (name) => `${name}.go`, run: (name) => ['go', 'run', `${name}.go`] },
};

/** Whether this machine can run programs of that language. */
export function runsHere(language: ExampleLanguage): boolean {
  const [command, ...args] = runners[language].tool;
  return spawnSync(command, args).status === 0;
}

type ProgramOutcome = { code: number; out: string; err: string };
export type RunProgram = (name: string, apiKey: string, ...args: string[]) => Promise<ProgramOutcome>;

/** Programs of one language, built and ready to run by their names. Throws with what the compiler said. */
export async function prepareExamples(
  language: ExampleLanguage,
  folder: string,
  programs: Readonly<Record<string, string>>,
): Promise<RunProgram> {
  const { fileOf, build, run } = runners[language];
  const names = Object.keys(programs);
  for (const name of names) await writeFile(join(folder, fileOf(name)), programs[name] ?? '');
  const built = build && (await execute(build(names.map(fileOf)), folder, ''));
  if (built && built.code !== 0) throw new Error(built.err);
  return (name, apiKey, ...args) => execute([...run(name), ...args], folder, apiKey);
}

/** A setting of the examples, not of the portal. */
function environment(apiKey: string): NodeJS.ProcessEnv {
  return { ...childEnvironment({}), ACEITE_API_KEY: apiKey };
}

function execute(
  [command, ...args]: readonly [string, ...string[]],
  cwd: string,
  apiKey: string,
): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: environment(apiKey) }, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      resolve({ code, out, err });
    });
  });
}
