import { type Finding, finding, type Repository, type Rule } from './rule.ts';
import { isCode, type Node, nameOf, ownPath, type Source } from './source.ts';

/** What somebody other than our own code runs: Next, Node, a tool. Nothing needs to import these. */
const entries = [
  /^app\/(?:.*\/)?(?:page|layout|template|default|route|error|global-error|not-found|icon|robots|manifest)\.tsx?$/,
  /^instrumentation\.ts$/,
  /^lib\/cli\/(?:main\.ts|boot\.mjs)$/,
  /^[^/]+\.config\.(?:js|mjs|ts)$/,
];
/** What only a check of the product runs. */
const testEntries = [/\.(?:test|spec)\.tsx?$/, /^(?:e2e|lib\/testing)\/(?:.*\/)?[\w.-]+\.config\.ts$/];
const testing = /^(?:e2e|lib\/testing)\//;

export const unusedFiles: Rule = {
  promise: 'holds no file that nothing reaches',
  check: (repository) => {
    const isEntry = (path: string) => entries.some((entry) => entry.test(path));
    const isTestEntry = (path: string) => testEntries.some((entry) => entry.test(path));
    const paths = [...repository.keys()];
    const product = reachedFrom(repository, paths.filter(isEntry));
    const tests = reachedFrom(repository, paths.filter(isTestEntry));
    return paths.filter(isReachable).flatMap((path) => {
      if (product.has(path) || isTestEntry(path) || (testing.test(path) && tests.has(path))) return [];
      const why = tests.has(path) ? 'is used by tests only.' : 'is used by nothing.';
      const mend = testing.test(path) ? 'Delete it.' : 'Delete it, or call it from where the product needs it.';
      return [{ path, line: 1, why, mend }];
    });
  },
};

export const unusedExports: Rule = {
  promise: 'exports only what another file uses',
  check: (repository) => {
    const used = usedNames(repository);
    return [...repository.values()]
      .filter(({ path }) => isReachable(path) && ![...entries, ...testEntries].some((entry) => entry.test(path)))
      .flatMap((source) => exportsOf(source).flatMap((item) => judgeExport(source, item, used.get(source.path))));
  },
};

const isReachable = (path: string): boolean => (isCode(path) || path.endsWith('.css')) && !path.endsWith('.d.ts');

function reachedFrom(repository: Repository, starts: string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...starts];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const source = repository.get(path);
    if (!source || reached.has(path)) continue;
    reached.add(path);
    open.push(...[...importedBy(source), ...namedIn(source)].filter((target) => repository.has(target)));
  }
  return reached;
}

const importedBy = (source: Source): string[] =>
  source.imports.flatMap(({ specifier }) => ownPath(source.path, specifier) ?? []);

/** Files that a string names: a script that is spawned, a tool's set-up, a stylesheet. */
function namedIn(source: Source): string[] {
  const written = source.nodes.flatMap(({ type, raw, parent }) =>
    type === 'Literal' && !/^(?:Import|Export|TSImport)/.test(parent?.type ?? '') ? [String(raw.value)] : [],
  );
  return written
    .filter((text) => /^[\w./@[\]-]+\.\w+$/.test(text))
    .flatMap((text) => [text, ownPath(source.path, text) ?? text]);
}

function usedNames(repository: Repository): Map<string, Set<string> | 'all'> {
  const used = new Map<string, Set<string> | 'all'>();
  for (const source of repository.values()) {
    for (const { specifier, names } of source.imports) {
      const target = ownPath(source.path, specifier);
      if (target === undefined) continue;
      const before = used.get(target);
      used.set(target, names === 'all' || before === 'all' ? 'all' : new Set([...(before ?? []), ...names]));
    }
  }
  // Whoever runs a file by its name may ask for any of its exports.
  for (const source of repository.values()) for (const target of namedIn(source)) used.set(target, 'all');
  return used;
}

function judgeExport(source: Source, item: Exported, used: Set<string> | 'all' | undefined): Finding[] {
  if (used === 'all' || used?.has(item.name)) return [];
  const why = `exports ${item.name}, which no other file uses.`;
  return [finding(source, item.start, why, 'Take the word `export` away, or delete it.')];
}

type Exported = { name: string; start: number };

/** Values only: a type is exported with the function that speaks of it, used by name or not. */
function exportsOf(source: Source): Exported[] {
  return source.nodes.flatMap((node) => {
    if (node.type === 'ExportDefaultDeclaration') return [{ name: 'default', start: node.start }];
    if (node.type !== 'ExportNamedDeclaration' || node.raw.exportKind === 'type') return [];
    return declaredNames(node).map((name) => ({ name, start: node.start }));
  });
}

function declaredNames(node: Node): string[] {
  const specifiers = (node.raw.specifiers ?? []) as { exported?: unknown; exportKind?: string }[];
  const listed = specifiers.filter(({ exportKind }) => exportKind !== 'type').map(({ exported }) => nameOf(exported));
  const declaration = node.raw.declaration as { id?: unknown; declarations?: { id?: unknown }[] } | null;
  const declared = declaration?.declarations?.map(({ id }) => nameOf(id)) ?? [nameOf(declaration?.id)];
  return [...listed, ...declared].filter((name): name is string => name !== undefined);
}
