import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { childEnvironment } from '#lib/config.ts';
import { projectFolder } from './build.ts';
import { type Step, type StepResult, type StepTools, stepGroups } from './check-steps.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';

const stepNames = stepGroups.flat().map(({ name }) => name);

export const command: Command = {
  name: 'check',
  summary: 'everything that CI checks, fastest first (npm test installs before what is missing)',
  usage: `Usage: npm run check [-- [--only <step>]… [file or pattern]…]
       npm test

Checks the whole repository and stops after the first group with a failure. Steps: ${stepNames.join(', ')}.
The last line says how many tests passed and failed.

  --only <step>   run this step alone; may be repeated
  file, pattern   passed on to the tests of the steps unit, browser and trials

The step trials is part of the check only when it is named, since it takes most of an hour: it loses a thousand of the lender's answers, leaves
a thousand signatures without a lender for eighty hours (delivered-once), kills the portal twenty times (kill), changes ten thousand dossiers
(mutations), and takes the README's pictures anew (pictures).

Example: npm run check -- --only unit lib/domain
         npm run check -- --only trials delivered-once
`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: { only: { type: 'string', multiple: true, default: [] } },
      allowPositionals: true,
    });
    const unknown = values.only.find((name) => !stepNames.includes(name));
    if (unknown !== undefined) {
      throw new CommandFailure(`There is no step "${unknown}". Steps: ${stepNames.join(', ')}.`, exitCodes.usage);
    }
    const wanted = ({ name, isByHand }: Step) => (values.only.length === 0 ? !isByHand : values.only.includes(name));
    const groups = stepGroups.map((group) => group.filter(wanted));
    const { passed, failed } = await check(groups, positionals, io);
    io.out(`\n${passed} passed, ${failed} failed`);
    return failed === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

async function check(groups: Step[][], only: string[], io: CommandIo): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'aceite-check-'));
  const tools: StepTools = { run: (...call) => runProgram(io, ...call), onProgress: io.err, folder, only };
  const sum: StepResult = { passed: 0, failed: 0 };
  try {
    for (const group of groups) {
      const results = await Promise.all(group.map((step) => runStep(step, tools, io)));
      for (const { passed, failed } of results) {
        sum.passed += passed;
        sum.failed += failed;
      }
      if (sum.failed > 0) break;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return sum;
}

async function runStep(step: Step, tools: StepTools, io: CommandIo): Promise<StepResult> {
  const started = performance.now();
  const result = await step.run(tools).catch((error: unknown): StepResult => {
    io.err(error instanceof CommandFailure ? error.message : String((error as Error).stack ?? error));
    return { passed: 0, failed: 1 };
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const count = result.passed > 0 ? `, ${result.passed} tests` : '';
  io.out(`${result.failed === 0 ? 'ok    ' : 'FAILED'}  ${step.title} (${seconds} s${count})`);
  return result;
}

/** Asked to end, it ends what it runs and then itself. */
async function runProgram(
  io: CommandIo,
  program: string,
  args: string[],
  { env = {}, isShown = false }: { env?: Record<string, string>; isShown?: boolean } = {},
): Promise<number> {
  const child = spawn(join(projectFolder, 'node_modules', '.bin', program), args, {
    cwd: projectFolder,
    // The tools start node by name, and the shell's own may be too old for them.
    env: { ...withOurNodeFirst(childEnvironment({})), ...env },
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  }
  const end = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  const code = await new Promise<number>((settle, reject) => {
    child.once('close', (status) => settle(status ?? exitCodes.failed)).once('error', reject);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  if (code !== 0 && said) io.err(said.trimEnd());
  return code;
}

function withOurNodeFirst(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = join(projectFolder, 'node_modules', '.bin');
  return { ...env, PATH: `${folder}${process.platform === 'win32' ? ';' : ':'}${env.PATH ?? ''}` };
}
