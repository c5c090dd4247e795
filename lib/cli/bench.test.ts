import { expect, test } from 'vitest';
import { z } from 'zod';
import { aceite, aceiteJson } from '#lib/testing/command-line.ts';
import { findPgbench } from './bench/pgbench.ts';

/** Includes a build of the portal, where the sources have changed since the last one. */
const limitMs = 300_000;

const answer = z.object({
  machine: z.object({ processors: z.int().positive(), node: z.string() }),
  figures: z.array(
    z
      .object({
        part: z.string(),
        name: z.string(),
        unit: z.string(),
        value: z.number().nonnegative().optional(),
        note: z.string().optional(),
        goal: z.object({ kind: z.enum(['at least', 'at most']), value: z.number().positive() }).optional(),
        verdict: z.enum(['reached', 'missed', 'not measured', 'no goal']),
      })
      .refine(({ value, note }) => value !== undefined || note !== undefined, 'neither measured nor explained'),
  ),
});

test(
  'a quick run measures every part, gives each goal of the product a verdict, and ends with 0 whatever the figures',
  async () => {
    const { figures } = answer.parse(await aceiteJson('bench', '--quick'));
    const goals = figures
      .filter(({ verdict }) => verdict !== 'no goal')
      .map(({ part, name, goal }) => `${part}: ${name} ${goal?.kind} ${goal?.value}`);
    const journey = ['read', 'details', 'review', 'receipt'];
    const weight = 'Weight of a signing page, contract of 30 kB';
    expect(goals).toEqual([
      'Acceptances through the use case: ratio, 2 clients at least 0.6',
      'Memory of the web process: after its start at most 200',
      ...journey.map((page) => `A view of a signing page: ${page}: CPU of the web process at most 4`),
      ...journey.map((page) => `A view of a signing page: ${page}: statements at most 3`),
      ...journey.flatMap((page) => [
        `${weight}: ${page}: scripts that it names at most 145`,
        `${weight}: ${page}: all at most 185`,
      ]),
      ...['newest', 'newest completed', 'from the middle', 'newest for staff', 'newest over HTTP'].map(
        (page) => `A page of the session list, p50: ${page}, ratio at most 2`,
      ),
      'The log with 3000 leaves: 1000 leaves appended at most 1000',
      'The log with 3000 leaves: one proof: processor time, with that of Postgres at most 5',
      'From an acceptance, with the worker and the signer of a portal: to a published checkpoint at most 60',
      'The certificate of a final session: CPU of making it at most 80',
      'A final dossier, contract of 30 kB: CPU of building it at most 150',
      ...['in TypeScript, its modules loaded', 'in Python, without its openssl calls'].map(
        (name) => `Verifying a final dossier, CPU of a fresh process: ${name} at most 200`,
      ),
      ...[
        'from acceptance to DELIVERED, 95th percentile at most 2',
        'a backlog of 4, half by one worker, half by two at most 0.12',
        'two workers beside one at least 1',
      ].map((goal) => `Delivery to a healthy lender, with workers in processes of their own: ${goal}`),
    ]);
    const ceiling = figures.find(({ name }) => name.startsWith('the same statements in pgbench'));
    expect(ceiling?.value !== undefined, 'measured exactly where pgbench is').toBe((await findPgbench()) !== undefined);
    const statements = figures.filter(({ name, value }) => name.endsWith(': statements') && value !== undefined);
    for (const { name, value } of statements) expect(value, name).toBeGreaterThan(0);
  },
  limitMs,
);

test.each([
  ['--only', 'pages', /acceptances, web, lists, evidence/],
  ['--sessions', 'many', /--sessions wants a whole number/],
  ['--clients', '0', /--clients wants a whole number/],
])('%s %s is refused before anything is started, with the way out', async (option, value, words) => {
  expect(await aceite('bench', option, value)).toEqual({ code: 2, out: '', err: expect.stringMatching(words) });
});
