import { expect, test } from 'vitest';
import { forbidden } from './forbidden.ts';
import { leftovers } from './leftovers.ts';
import { describeFinding } from './rule.ts';
import { readSource } from './source.ts';

type Planted = [path: string, text: string];

/** For each promise: sources that break it, and look-alikes that do not. Words are cut so that this file keeps the rules too. */
const later = 'TO' + 'DO';
const moment = 'n' + 'ow()';
const clock = 'clock_' + 'timestamp()';
const planted: Record<string, { broken: Planted[]; kept: Planted[] }> = {
  'prints nothing outside the command line': {
    broken: [
      ['lib/db/a.ts', 'console.log(1)'],
      ['app/page.tsx', 'console.error(1)'],
    ],
    kept: [
      ['lib/cli/a.ts', 'console.log(1)'],
      ['lib/db/a.ts', "'console.log(1)' // console.log"],
    ],
  },
  'holds no debugger statement': {
    broken: [['lib/db/a.ts', 'debugger;']],
    kept: [['lib/db/a.ts', "'debugger;'"]],
  },
  'runs all of its tests': {
    broken: [
      ['lib/a.test.ts', "test.only('a', () => {})"],
      ['lib/a.test.ts', "describe.skip('a', () => {})"],
      ['e2e/a.spec.ts', "test.describe.skip('a', () => {})"],
      ['lib/a.test.ts', "test.todo('a')"],
    ],
    kept: [['lib/a.test.ts', "test.each([1])('only', () => {})"]],
  },
  'leaves no work for later in comments': {
    broken: [
      ['lib/a.ts', `// ${later}: mend`],
      ['lib/db/migrations/0001_a.sql', `-- why\n-- ${later}`],
      ['app/page.tsx', `const a = <p>{/* ${later} */}</p>;`],
    ],
    kept: [['lib/copy/pt.ts', `const text = '// ${later} o contrato'; const j = \`${later}\`;`]],
  },
  'speaks of reasons, not of issue numbers': {
    broken: [['lib/a.ts', '// See issue 2.']],
    kept: [['lib/a.ts', '// A key is issued for 2 years.']],
  },
  'waits for the thing itself, never for a time': {
    broken: [
      ['e2e/a.spec.ts', 'await page.waitForTimeout(500)'],
      ['lib/a.ts', 'await new Promise((resolve) => setTimeout(resolve, 5))'],
      ['lib/a.ts', 'await new Promise((r) => setTimeout(r, 5))'],
    ],
    kept: [['lib/a.ts', 'setTimeout(() => request.destroy(), timeoutMs)']],
  },
  'has no sleeping test': {
    broken: [['lib/a.test.ts', "import { setTimeout } from 'node:timers/promises';"]],
    kept: [
      ['lib/testing/eventually.ts', "import { setTimeout } from 'node:timers/promises';"],
      ['lib/cli/worker.ts', "import { setTimeout } from 'node:timers/promises';"],
    ],
  },
  'names no path of the machine that it was written on': {
    broken: [
      ['README.md', `see /ho${'me/ana/aceite'}`],
      ['lib/a.ts', `'/wor${'k/main'}'`],
    ],
    kept: [['README.md', 'see /var/lib/aceite and docs/home/page']],
  },
  'names no registry in the lock file': {
    broken: [['package-lock.json', '{ "resolved": "https://registry.example/a.tgz" }']],
    kept: [['package-lock.json', '{ "funding": "https://example.com" }']],
  },
  'reads the environment in one place': {
    broken: [
      ['lib/db/a.ts', 'process.env.PORT'],
      ['lib/db/a.ts', 'const { env } = process;'],
      ['lib/db/a.ts', "import { env } from 'node:process';"],
      ['instrumentation.ts', 'process.env.PORT'],
    ],
    kept: [
      ['lib/config.ts', 'process.env.PORT'],
      ['lib/cli/boot.mjs', 'process.env.PORT'],
      ['instrumentation.ts', "process.env.NEXT_RUNTIME === 'nodejs'"],
      ['lib/db/a.ts', '// the only reader of process.env'],
    ],
  },
  'opens transactions in use cases only': {
    broken: [
      ['lib/outbox/a.ts', 'await db.transaction(scope, work)'],
      ['app/page.tsx', 'ctx.db.transaction(scope, work)'],
    ],
    kept: [['lib/usecases/signer/a.ts', 'ctx.db.transaction(scope, work)']],
  },
  'knows web requests in lib/http and lib/auth only': {
    broken: [
      ['lib/usecases/a.ts', 'const f = (request: Request) => 1'],
      ['lib/usecases/a.ts', 'new Response()'],
      ['lib/evidence/a.ts', 'let a: NextRequest'],
    ],
    kept: [
      ['lib/http/a.ts', 'new Response()'],
      ['lib/usecases/a.ts', 'let a: RequestFacts'],
    ],
  },
  'asks the database for the time by aceite_now() alone': {
    broken: [
      ['lib/db/migrations/0001_a.sql', `SELECT ${moment};`],
      ['lib/db/migrations/0001_a.sql', 'SELECT CURRENT_TIME' + 'STAMP;'],
      ['lib/db/migrations/0001_a.sql', `SELECT ${clock};`],
      ['lib/db/a.ts', `sql('UPDATE sessions SET at = ${moment}')`],
      ['lib/db/a.ts', `\`SELECT 1 WHERE at < \${a} AND b < ${moment}\``],
    ],
    kept: [
      ['lib/db/migrations/0001_a.sql', `SELECT aceite_now(); -- never ${moment}`],
      ['lib/db/migrations/0001_a.sql', `CREATE FUNCTION aceite_now() RETURNS timestamptz AS 'SELECT ${clock}';`],
      ['lib/db/a.ts', "'UPDATE sessions SET at = aceite_now()'"],
      ['lib/db/a.ts', 'const at = now();'],
    ],
  },
  'keeps clocks and chance out of the pure rules': {
    broken: [
      ['lib/domain/a.ts', 'new Date()'],
      ['lib/schema/a.ts', 'Date.now()'],
      ['lib/evidence/a.ts', 'randomBytes(32)'],
    ],
    kept: [
      ['lib/domain/a.ts', 'new Date(text)'],
      ['lib/http/a.ts', 'Date.now()'],
    ],
  },
  'draws chance from the system only': {
    broken: [['lib/db/a.ts', 'Math.random()']],
    kept: [['lib/db/a.ts', 'Math.round(1.5)']],
  },
  'makes secrets from 32 random bytes': {
    broken: [
      ['lib/http/a.ts', 'const linkToken = randomUUID();'],
      ['lib/http/a.ts', 'f({ apiKey: crypto.randomUUID() })'],
    ],
    kept: [
      ['lib/http/a.ts', 'const requestId = randomUUID();'],
      ['lib/http/a.ts', 'const apiKeyId = randomUUID();'],
    ],
  },
  'asks other hosts through node:https': {
    broken: [['lib/providers/qitech/a.ts', "await fetch('https://lender.example')"]],
    kept: [
      ['lib/cli/a.ts', 'await fetch(url)'],
      ['components/dashboard/a.tsx', 'await fetch(url)'],
      ['lib/db/a.ts', 'rows.fetch(1)'],
    ],
  },
  'checks every certificate': {
    broken: [['lib/providers/qitech/a.ts', 'request({ rejectUnauthorized: false })']],
    kept: [['lib/providers/qitech/a.ts', 'request({ rejectUnauthorized: true })']],
  },
  'writes no raw HTML': {
    broken: [
      ['components/signing/a.tsx', 'const a = <p dangerouslySetInnerHTML={{ __html: text }} />;'],
      ['components/signing/a.tsx', 'const a = { dangerouslySetInnerHTML: 1 };'],
    ],
    kept: [['components/signing/a.tsx', 'const a = <p>{text}</p>;']],
  },
  'has no server action': {
    broken: [
      ['app/a.ts', "'use server';"],
      ['app/a.ts', "async function f() { 'use server'; }"],
    ],
    kept: [['app/a.ts', "'use client';"]],
  },
  'does without the image optimiser': {
    broken: [['app/page.tsx', "import Image from 'next/image';"]],
    kept: [['app/page.tsx', "import { headers } from 'next/headers';"]],
  },
  'loads signer pages as plain documents': {
    broken: [
      ['app/sign/[id]/page.tsx', "import Link from 'next/link';"],
      ['components/signing/a.tsx', "import Link from 'next/link';"],
      ['app/layout.tsx', "import Link from 'next/link';"],
    ],
    kept: [['app/dashboard/page.tsx', "import Link from 'next/link';"]],
  },
  'opens each migration with its reason': {
    broken: [['lib/db/migrations/0002_a.sql', 'CREATE TABLE a ();']],
    kept: [['lib/db/migrations/0002_a.sql', '-- Why.\nCREATE TABLE a ();']],
  },
};

test.each(forbidden.map(({ promise }) => promise))(
  '%s: a planted breach is found and a look-alike is not',
  (promise) => {
    const { broken, kept } = planted[promise] ?? { broken: [], kept: [] };
    expect(broken.length, 'a rule without a planted breach cannot be trusted').toBeGreaterThan(0);
    for (const source of broken) expect(judge(promise, source), source.join(': ')).toHaveLength(1);
    for (const source of kept) expect(judge(promise, source), source.join(': ')).toEqual([]);
  },
);

function judge(promise: string, [path, text]: Planted): string[] {
  const rule = leftovers.find((leftover) => leftover.promise === promise);
  return rule?.check(new Map([[path, readSource(path, text)]])).map(describeFinding) ?? ['there is no such rule'];
}
