import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareExamples, type RunProgram, runsHere } from '#lib/testing/example-program.ts';
import { type ExampleServer, exampleFile, startExampleServer } from '#lib/testing/example-server.ts';
import { type Operation, operations } from '../operations.ts';
import { apiCallOf } from './api-call.ts';
import { type ExampleLanguage, exampleLanguages } from './example-language.ts';
import { classNameOf } from './languages/java.ts';
import { operationExample } from './operation-example.ts';

let server: ExampleServer;
beforeAll(async () => {
  server = await startExampleServer();
});
afterAll(() => server.close());

const languages = Object.keys(exampleLanguages) as ExampleLanguage[];
const here = languages.filter(runsHere);
const missing = languages.filter((language) => !here.includes(language));

describe.each(here)('the programs in %s', (language) => {
  let folder: string;
  let run: RunProgram;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aceite-examples-'));
    const programs = operations.map((operation) => [classNameOf(operation.id), textOf(language, operation)]);
    run = await prepareExamples(language, folder, Object.fromEntries(programs));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(operations)(
    '$id: makes exactly the call that the schemas allow, and shows or keeps its answer',
    async (operation) => {
      server.received.length = 0;
      const { code, out, err } = await run(classNameOf(operation.id), server.apiKey);
      expect({ code, received: server.received }, err + out).toEqual({
        code: 0,
        received: [{ operationId: operation.id, fault: '' }],
      });
      const { answer, savedAs } = operationExample(operation.id);
      if (savedAs === undefined) expect(out).toContain(firstText(answer?.('')));
      else expect(await readFile(join(folder, savedAs), 'utf8')).toBe(exampleFile);
    },
  );

  test('end with an error, and say what the API said, when they are refused', async () => {
    const { code, out, err } = await run('CreateSigningSession', 'another key');
    expect(code).not.toBe(0);
    expect(out + err).toMatch(/unauthorized|401/);
  });
});

// A tool that is not there leaves its language to machines that have it; CI says so by these names.
for (const language of missing) {
  test(`the programs in ${language} were not run: not on this machine`, () => {
    expect(runsHere(language)).toBe(false);
    for (const operation of operations) expect(textOf(language, operation)).toContain('/api/v1');
  });
}

test('the languages that every developer machine of ours has are not among the missing', () => {
  expect(missing).not.toContain('curl');
  expect(missing).not.toContain('typescript');
  expect(missing).not.toContain('python');
});

const textOf = (language: ExampleLanguage, operation: Operation): string =>
  exampleLanguages[language].write(apiCallOf(operation, server.base));

/** The first text in a value, which every way of printing it shows. */
function firstText(value: unknown): string {
  if (typeof value === 'string') return value;
  const members = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return members.map(firstText).find((text) => text !== '') ?? '';
}
