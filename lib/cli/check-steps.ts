import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { buildIfStale, projectFolder } from './build.ts';
import { findChromium } from './chromium.ts';
import { CommandFailure } from './command.ts';
import { prepareTestPrograms } from './test-programs.ts';

/** Tests are counted; a step without tests counts only when it fails. */
export type StepResult = { passed: number; failed: number };

export type StepTools = {
  /** Runs a program of node_modules, shows what it says (at once, or only when it fails), and gives its exit code. */
  run(program: string, args: string[], options?: { env?: Record<string, string>; isShown?: boolean }): Promise<number>;
  onProgress(message: string): void;
  /** A folder for reports, removed at the end. */
  folder: string;
  /** Files and patterns that a developer has named, for the steps that run tests. */
  only: string[];
};

export type Step = {
  name: string;
  title: string;
  /** Run only when it is named. */
  isByHand?: true;
  run(tools: StepTools): Promise<StepResult>;
};

const tidyTests = 'lib/testing/tidy';
const playwrightConfigs = { browser: 'e2e/playwright.config.ts', trials: 'e2e/trials.config.ts' } as const;

/**
 * What CI checks, fastest first. The steps of one group all run, so that a person sees all that can be seen cheaply; a group with
 * a failure is the last.
 */
export const stepGroups: Step[][] = [
  [
    { name: 'lint', title: 'Format and lint', run: ({ run }) => verdict(run('biome', ['check', '.'])) },
    { name: 'types', title: 'Types', run: ({ run }) => verdict(run('tsc', ['--noEmit', '-p', '.'])) },
    { name: 'tidy', title: 'Tree, import law, sizes', run: (tools) => vitest(tools, 'tidy', [tidyTests]) },
  ],
  [
    {
      name: 'unit',
      title: 'Rules, use cases and database',
      run: async (tools) => {
        await prepareTestPrograms(tools.onProgress);
        return vitest(tools, 'unit', [
          ...['--exclude', `${tidyTests}/**`, '--exclude', `${tidyTests}.test.ts`],
          ...tools.only,
        ]);
      },
    },
  ],
  [
    {
      name: 'build',
      title: 'Build',
      run: async ({ onProgress }) => {
        await buildIfStale({ onProgress });
        return { passed: 0, failed: 0 };
      },
    },
  ],
  [{ name: 'browser', title: 'People in a browser', run: (tools) => playwright(tools, 'browser') }],
  [{ name: 'trials', title: 'Trials', isByHand: true, run: (tools) => playwright(tools, 'trials') }],
];

async function verdict(code: Promise<number>): Promise<StepResult> {
  return { passed: 0, failed: (await code) === 0 ? 0 : 1 };
}

/** Each file of tests is a process, many start others, and all of them would compile the same sources and packages anew. */
const compiledSources = join(projectFolder, 'node_modules', '.cache', 'node-compile');

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

async function vitest(tools: StepTools, name: string, args: string[]): Promise<StepResult> {
  const report = join(tools.folder, `${name}.json`);
  const code = await tools.run(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { env: { NODE_ENV: 'test', NODE_COMPILE_CACHE: compiledSources }, isShown: name !== 'tidy' },
  );
  const counted = await readReport(report, vitestReport);
  return judged(code, counted?.numPassedTests ?? 0, counted?.numFailedTests ?? 0);
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
});

/** A test that passes at the second try has failed at the first: it counts as failed. */
async function playwright(tools: StepTools, which: keyof typeof playwrightConfigs): Promise<StepResult> {
  const playwrightConfig = playwrightConfigs[which];
  if (!existsSync(join(projectFolder, playwrightConfig))) {
    throw new CommandFailure(`${playwrightConfig} is missing, so nobody has tried the portal in a browser.`);
  }
  const report = join(tools.folder, `${which}.json`);
  const code = await tools.run(
    'playwright',
    ['test', '-c', playwrightConfig, '--add-reporter=json', '--forbid-only', '--fail-on-flaky-tests', ...tools.only],
    {
      env: { CHROMIUM_PATH: await findChromium(tools.onProgress), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      isShown: true,
    },
  );
  const counted = (await readReport(report, playwrightReport))?.stats;
  return judged(code, counted?.expected ?? 0, (counted?.unexpected ?? 0) + (counted?.flaky ?? 0));
}

/** A runner that fails without a failing test (a file that cannot be loaded, no test found) has failed all the same. */
function judged(code: number, passed: number, failed: number): StepResult {
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

async function readReport<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}
