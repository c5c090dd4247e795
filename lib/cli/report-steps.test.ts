import { expect, test } from 'vitest';
import { stepReporter } from './report-steps.ts';

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
const bug = new TypeError('x is undefined');

function told() {
  const lines: string[] = [];
  let clockMs = 0;
  const log = {
    info: (words: string) => void lines.push(`info ${words.slice(0, 20)}`),
    error: ({ error }: { error: Error }, words: string) =>
      void lines.push(`error ${words.slice(0, 20)} ${error.message}`),
  };
  const reporter = stepReporter(log as never, () => clockMs);
  const wait = (ms: number) => {
    clockMs += ms;
  };
  return { reporter, lines, wait };
}

const [one, other] = [{}, {}];
const isAway = 'error the database is away connect ECONNREFUSED';
const isBack = 'info the database is back';

test('a database that is away is one line for all loops, another each minute, and one when all have it again', () => {
  const { reporter, lines, wait } = told();
  for (let seconds = 0; seconds < 118; seconds += 2) {
    reporter.failed(one, away);
    reporter.failed(other, away);
    wait(2_000);
  }
  expect(lines).toEqual([isAway, isAway]);
  reporter.worked(one);
  expect(lines).toHaveLength(2);
  reporter.worked(other);
  reporter.worked(other);
  expect(lines).toEqual([isAway, isAway, isBack]);
  reporter.failed(one, away);
  expect(lines.at(-1)).toBe(isAway);
});

test('every other fault is told each time, in an outage too', () => {
  const { reporter, lines } = told();
  reporter.failed(one, bug);
  reporter.failed(one, bug);
  reporter.failed(other, away);
  reporter.failed(one, bug);
  const fault = 'error a step of the worker x is undefined';
  expect(lines).toEqual([fault, fault, isAway, fault]);
  reporter.worked(one);
  expect(lines).toHaveLength(4);
});
