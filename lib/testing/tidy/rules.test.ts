import { describe, expect, test } from 'vitest';
import { forbidden } from './forbidden.ts';
import { importLaw } from './import-law.ts';
import { layout, names } from './layout.ts';
import { leftovers, samplePersonAbsent } from './leftovers.ts';
import { unusedExports, unusedFiles } from './reachability.ts';
import { describeFinding, type Rule } from './rule.ts';
import { median, size } from './size.ts';
import { readSource } from './source.ts';

/** Runs one rule on files that exist only here, and shows what it says. */
function judge(rule: Rule | undefined, files: Record<string, string>): string[] {
  const sources = Object.entries(files).map(([path, text]) => [path, readSource(path, text)] as const);
  return rule?.check(new Map(sources)).map(describeFinding) ?? ['there is no such rule'];
}

describe('the import law', () => {
  const refused: [string, string][] = [
    ['lib/domain/cpf.ts', "import { db } from '#lib/db/database.ts';"],
    ['lib/domain/cpf.ts', "import type { Tx } from '#lib/db/database.ts';"],
    ['lib/domain/cpf.ts', "export type Tx = import('#lib/db/database.ts').Tx;"],
    ['lib/domain/cpf.ts', "export * from '#lib/db/database.ts';"],
    ['lib/domain/cpf.ts', "const db = await import('#lib/db/database.ts');"],
    ['lib/domain/cpf.ts', "import { z } from 'zod';"],
    ['lib/domain/cpf.ts', "import { readFileSync } from 'node:fs';"],
    ['lib/domain/cpf.test.ts', "import { db } from '#lib/db/database.ts';"],
    ['lib/usecases/signer/accept.ts', "import { createLender } from '#lib/providers/qitech/client.ts';"],
    ['lib/usecases/signer/accept.ts', "import { request } from 'node:https';"],
    ['lib/providers/qitech/client.ts', "import { other } from '#lib/providers/other/client.ts';"],
    ['lib/providers/qitech/client.ts', "import type { Tx } from '#lib/db/database.ts';"],
    ['lib/http/route.ts', "import { readSessionRow } from '#lib/db/sessions.ts';"],
    ['lib/http/route.ts', "import { compose } from '#lib/compose.ts';"],
    ['lib/program.ts', "import { openDatabase } from '#lib/db/database.ts';"],
    ['components/signing/box.tsx', "import { Table } from '#components/dashboard/table.tsx';"],
    ['components/signing/box.tsx', "import { useQuery } from '@tanstack/react-query';"],
    ['components/ui/button.tsx', "import { paths } from '#lib/paths.ts';"],
    ['app/sign/[id]/page.tsx', "import { openDatabase } from '#lib/db/database.ts';"],
    ['app/sign/[id]/page.tsx', "import { signIn } from '#lib/auth/sign-in.ts';"],
    ['app/sign/[id]/page.tsx', "import { verify } from '#lib/evidence/verify/bundle.ts';"],
    ['app/verify/page.tsx', "import { seal } from '#lib/evidence/seal.ts';"],
    ['lib/http/route.ts', "import { compose } from '#lib/compose.ts';"],
    ['e2e/signer.spec.ts', "import { openDatabase } from '../lib/db/database.ts';"],
    ['lib/usecases/signer/accept.ts', "import { cpf } from '../../domain/cpf.ts';"],
    ['lib/usecases/signer/accept.ts', "import { once } from './once';"],
  ];
  test.each(refused)('refuses in %s: %s', (path, text) => {
    expect(judge(importLaw, { [path]: `\n${text}` })).toEqual([expect.stringContaining(`${path}:2 imports`)]);
  });

  const accepted: [string, string][] = [
    ['lib/domain/cpf.ts', "import { digits } from './digits.ts';"],
    ['lib/usecases/signer/accept.ts', "import { once } from '../once.ts';"],
    ['lib/domain/cpf.test.ts', "import { at } from '#lib/testing/clock.ts'; import { test } from 'vitest';"],
    ['lib/program.ts', "import type { Database } from '#lib/db/database.ts';"],
    ['lib/usecases/signer/accept.ts', "import type { Lender } from '#lib/providers/lender.ts';"],
    ['lib/providers/qitech/client.ts', "import type { Lender } from '#lib/providers/lender.ts'; import 'node:https';"],
    ['lib/http/api-key.ts', "import { findApiKey } from '#lib/db/api-keys.ts';"],
    ['app/dashboard/login/page.tsx', "import { signIn } from '#lib/auth/sign-in.ts';"],
    ['app/verify/page.tsx', "import { verify } from '#lib/evidence/verify/bundle.ts';"],
    ['instrumentation.ts', "await import('#lib/compose.ts');"],
    ['lib/cli/link.ts', "import { openDatabase } from '#lib/db/database.ts';"],
    ['lib/domain/cpf.ts', "const advice = \"import { db } from '#lib/db/database.ts'\"; // import '#lib/db/x.ts'"],
  ];
  test.each(accepted)('allows in %s: %s', (path, text) => {
    expect(judge(importLaw, { [path]: text })).toEqual([]);
  });
});

describe('the layout', () => {
  test.each([
    ['server/main.ts', '"server" is not one of the names that the root holds'],
    ['eslint.config.js', '"eslint.config.js" is not one of the names that the root holds'],
    ['lib/services/cancel.ts', '"services" is not one of the names that lib/ holds'],
    ['components/shop/cart.tsx', '"shop" is not one of the names that components/ holds'],
  ])('refuses %s', (path, why) => {
    expect(judge(layout, { [path]: '' })).toEqual([expect.stringContaining(`${path}:1 ${why}`)]);
  });

  test.each(['lib/db/utils.ts', 'lib/helpers/cpf.ts', 'lib/domain/index.ts', 'app/types/a.ts', 'e2e/shared/a.ts'])(
    'calls %s a drawer',
    (path) => {
      expect(judge(names, { [path]: '' })).toEqual([expect.stringContaining('is a drawer, not a name')]);
    },
  );

  test('refuses names that are not kebab-case, and a loading page before a closed one', () => {
    expect(judge(names, { 'lib/domain/cpfRule.ts': '', 'app/sign/[id]/loading.tsx': '' })).toHaveLength(2);
  });

  test('allows what Next, SQL and tests are called', () => {
    const paths = [
      'app/sign/[id]/do/accept/route.ts',
      'app/api/[[...path]]/route.ts',
      'lib/db/migrations/0001_foundation.sql',
      'lib/paths.test.ts',
    ];
    const files = Object.fromEntries(
      [...paths, 'app/docs/errors/[code]/page.tsx', 'README.md'].map((path) => [path, '']),
    );
    expect([...judge(names, files), ...judge(layout, files)]).toEqual([]);
  });
});

describe('sizes', () => {
  const long = (lines: number) => Array.from({ length: lines }, (_, index) => `step(${index});`).join('\n');

  test('a file of 301 lines is too long, one of 300 is not', () => {
    expect(judge(size, { 'lib/domain/a.ts': long(301), 'lib/domain/b.ts': `${long(300)}\n` })).toEqual([
      expect.stringContaining('lib/domain/a.ts:301 has 301 lines'),
    ]);
  });

  test('a function of 71 lines is too long wherever it stands, and is named', () => {
    const body = `{\n${long(69)}\n}`;
    const files = {
      'lib/domain/a.ts': `function act() ${body}\nconst rule = () => ${body};\nconst o = { go() ${body} };`,
    };
    expect(judge(size, files).map((text) => text.split(',')[0])).toEqual([
      'lib/domain/a.ts:1 act has 71 lines',
      'lib/domain/a.ts:72 rule has 71 lines',
      'lib/domain/a.ts:143 go has 71 lines',
    ]);
  });

  test('a function of 70 lines passes, and so does a long chapter of tests', () => {
    const chapter = `describe('cpf', () => {\n${long(100)}\n});`;
    expect(judge(size, { 'lib/a.ts': `function act() {\n${long(68)}\n}`, 'lib/a.test.ts': chapter })).toEqual([]);
  });

  test('the median must stay under 80 lines', () => {
    const files = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`lib/domain/a${index}.ts`, long(80)]));
    expect(judge(median, files)).toEqual([expect.stringContaining('the median file has 80 lines')]);
  });
});

describe('what nothing uses', () => {
  const main = "import { start } from './start.ts'; start();";

  test('a file that nothing reaches is named, whether alone, in a circle, or kept alive by its test', () => {
    const said = judge(unusedFiles, {
      'lib/cli/main.ts': main,
      'lib/cli/start.ts': 'export const start = () => 1;',
      'lib/domain/alone.ts': '',
      'lib/domain/circle.ts': "import './circle-back.ts';",
      'lib/domain/circle-back.ts': "import './circle.ts';",
      'lib/domain/tested.ts': '',
      'lib/domain/tested.test.ts': "import './tested.ts';",
      'lib/testing/orphan.ts': '',
    });
    expect(said.map((text) => text.split(' ').slice(0, 6).join(' '))).toEqual([
      'lib/domain/alone.ts:1 is used by nothing. Delete',
      'lib/domain/circle.ts:1 is used by nothing. Delete',
      'lib/domain/circle-back.ts:1 is used by nothing. Delete',
      'lib/domain/tested.ts:1 is used by tests only.',
      'lib/testing/orphan.ts:1 is used by nothing. Delete',
    ]);
  });

  test('pages, lazy imports, stylesheets, spawned files and what tests lean on count as used', () => {
    const files = {
      'app/layout.tsx': "import './globals.css';",
      'app/globals.css': '',
      'lib/cli/main.ts': "const load = () => import('./start.ts'); spawn('lib/cli/child.ts');",
      'lib/cli/start.ts': '',
      'lib/cli/child.ts': '',
      'lib/testing/clock.ts': '',
      'lib/domain/a.test.ts': "import '#lib/testing/clock.ts';",
    };
    expect(judge(unusedFiles, files)).toEqual([]);
  });

  test('the exports of a file that a tool is told to run are asked for by the tool', () => {
    const files = {
      'e2e/playwright.config.ts': "export default { globalSetup: './start-portal.ts' };",
      'e2e/start-portal.ts': 'export default function start() {}',
    };
    expect([...judge(unusedExports, files), ...judge(unusedFiles, files)]).toEqual([]);
  });

  test('an export that nobody imports is named; types, lazy imports and entries are not asked', () => {
    const said = judge(unusedExports, {
      'lib/cli/main.ts': `${main} export const left = 1; import('./lazy.ts');`,
      'lib/cli/start.ts':
        'export const start = 1;\nexport function stop() {}\nexport type Way = 1;\nexport { start as go };',
      'lib/cli/lazy.ts': 'export const command = 1;',
    });
    expect(said.map((text) => text.split(',')[0])).toEqual([
      'lib/cli/start.ts:2 exports stop',
      'lib/cli/start.ts:4 exports go',
    ]);
  });
});

test("the person of the lender's sample is recognised however the number is written", () => {
  const number = ['617', '669', '762', '04'];
  const files = { 'lib/a.ts': `'${number.join('')}'`, 'README.md': `${number.slice(0, 3).join('.')}-${number[3]}` };
  expect(judge(samplePersonAbsent, { ...files, 'lib/b.ts': "'111.444.777-35'" })).toHaveLength(2);
});

test('no two promises are alike', () => {
  expect(new Set(forbidden.map(({ promise }) => promise)).size).toBe(leftovers.length);
});
