import type { Finding, Rule } from './rule.ts';

/** Whatever stands at the root is named here; the root stays quiet because each new line needs a reason. */
const root = [
  '.ci',
  '.gitignore',
  '.npmrc',
  'README.md',
  'app',
  'biome.json',
  'components',
  'e2e',
  'instrumentation.ts',
  'lib',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'public',
  'tsconfig.json',
  'vitest.config.ts',
];

/** The parts of the product; a new one is a decision about the tree, so it starts in architecture, then here. */
const lib = [
  'auth',
  'cli',
  'compose.ts',
  'config',
  'config.ts',
  'copy',
  'db',
  'decisions',
  'domain',
  'evidence',
  'format',
  'http',
  'outbox',
  'paths.ts',
  'program.ts',
  'providers',
  'schema',
  'testing',
  'usecases',
  'vault',
];

const components = ['dashboard', 'form', 'signing', 'ui'];

const bannedNames = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'shared', 'types', 'index'];

export const layout: Rule = {
  promise: 'has only the folders and root files that are named one by one',
  check: (repository) =>
    uniqueBy([...repository.keys()], (path) => path.split('/').slice(0, 2).join('/')).flatMap((path) => {
      const [first = '', second = ''] = path.split('/');
      if (!root.includes(first)) return [misplaced(path, first, 'the root')];
      const inside = { lib, components }[first];
      const name = second.replace(/\.test(?=\.tsx?$)/, '');
      return inside && !inside.includes(name) ? [misplaced(path, second, `${first}/`)] : [];
    }),
};

export const names: Rule = {
  promise: 'gives every file and folder a name that says what it is',
  check: (repository) => [...repository.keys()].flatMap(judgeName),
};

function misplaced(path: string, name: string, place: string): Finding {
  const mend =
    'Put it where its subject lives; if the tree itself must change, change lib/testing/tidy/layout.ts with it.';
  return { path, line: 1, why: `"${name}" is not one of the names that ${place} holds.`, mend };
}

function judgeName(path: string): Finding[] {
  const segments = path.split('/');
  const at = (why: string, mend: string): Finding[] => [{ path, line: 1, why, mend }];
  const drawer = segments.find((segment, index) => index > 0 && bannedNames.includes(stem(segment)));
  if (drawer)
    return at(`"${drawer}" is a drawer, not a name.`, 'Name it after its subject, such as cpf.ts or money.ts.');
  const odd = segments.find((segment, index) => index > 0 && !isKebab(segment) && isOurs(path));
  if (odd) return at(`"${odd}" is not kebab-case.`, 'Write lower-case words with hyphens, after the main export.');
  if (/^app\/s(?:ign)?\/(?:.*\/)?loading\.tsx$/.test(path)) {
    const why = 'a loading.tsx streams status 200 before a closed page can answer 410.';
    return at(why, 'Remove it and let the page answer as a whole.');
  }
  return [];
}

const stem = (segment: string): string => segment.replace(/\..*$/, '');

/** Next's `[param]`, `(group)` and `_private` wrap a kebab-case name; a migration begins with its number. */
function isKebab(segment: string): boolean {
  return /^(?:\d{4}_[a-z0-9_]+|[_.]?[a-z0-9]+(?:-[a-z0-9]+)*|\[{1,2}(?:\.{3})?[a-zA-Z]+\]{1,2}|\([a-z-]+\))(?:\.[a-z0-9-]+)*$/.test(
    segment,
  );
}

/** Pictures and texts may carry the names that readers know. */
const isOurs = (path: string): boolean => /\.(?:tsx?|mjs|js|css|sql)$/.test(path);

function uniqueBy(paths: string[], key: (path: string) => string): string[] {
  return [...new Map(paths.map((path) => [key(path), path])).values()];
}
