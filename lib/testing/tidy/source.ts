import { posix } from 'node:path';
import { parseAst } from 'vitest/node';

/** One file of the repository, parsed once and asked by every rule. */
export type Source = {
  /** From the repository's root, with forward slashes. */
  path: string;
  text: string;
  /** Every syntax node in reading order, then what is no syntax but has rules of its own. */
  nodes: Node[];
  imports: Import[];
};

/** `type` is the ESTree name, or `File`, `Line`, `Comment`, `SqlLine` (SQL without its comments). */
export type Node = {
  type: string;
  start: number;
  end: number;
  parent?: Node;
  raw: Record<string, unknown>;
  /** Where it is not what stands in the file: SQL whose comments were taken out. */
  text?: string;
};

/** `names` is `all` where the importer can reach everything: a namespace, a dynamic import, `export *`. */
export type Import = { specifier: string; isTypeOnly: boolean; names: string[] | 'all'; start: number };

export function readSource(path: string, text: string): Source {
  const nodes = isCode(path) ? syntaxNodes(path, text) : [];
  const imports = nodes.flatMap(importOf);
  const extra = isCode(path) ? comments(text, nodes) : path.endsWith('.sql') ? sqlNodes(text) : [];
  const file = { type: 'File', start: 0, end: text.length, raw: {} };
  return { path, text, nodes: [...nodes, ...extra, ...lines('Line', text), file], imports };
}

export const isCode = (path: string): boolean => /\.(?:tsx?|mjs|js)$/.test(path);

export const textOf = (source: Source, node: Node): string => node.text ?? source.text.slice(node.start, node.end);

/** Counted from 1, as editors do. */
export function lineAt(source: Source, offset: number): number {
  let line = 1;
  for (let index = source.text.indexOf('\n'); index !== -1 && index < offset; ) {
    line += 1;
    index = source.text.indexOf('\n', index + 1);
  }
  return line;
}

/** The repository path that an import names, or undefined for a package. */
export function ownPath(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return posix.normalize(specifier.slice(1));
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  return undefined;
}

function syntaxNodes(path: string, text: string): Node[] {
  const lang = path.endsWith('x') ? 'tsx' : 'ts';
  const found: Node[] = [];
  const visit = (value: unknown, parent: Node | undefined): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, parent);
    else if (isNode(value)) {
      const node: Node = {
        type: value.type,
        start: value.start,
        end: value.end,
        raw: value,
        ...(parent && { parent }),
      };
      found.push(node);
      for (const child of Object.values(value)) if (typeof child === 'object') visit(child, node);
    }
  };
  visit(parseAst(text, { lang }, path), undefined);
  return found;
}

type RawNode = Record<string, unknown> & { type: string; start: number; end: number };

function isNode(value: unknown): value is RawNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}

function importOf(node: Node): Import[] {
  const specifier = (node.raw.source as { value?: unknown } | null | undefined)?.value;
  if (typeof specifier !== 'string') return [];
  const kind = node.raw.importKind ?? node.raw.exportKind;
  const named = (node.raw.specifiers ?? []) as RawNode[];
  const isTypeOnly =
    node.type === 'TSImportType' ||
    kind === 'type' ||
    (named.length > 0 && named.every((item) => (item.importKind ?? item.exportKind) === 'type'));
  return [{ specifier, isTypeOnly, names: importedNames(node, named), start: node.start }];
}

function importedNames(node: Node, named: RawNode[]): string[] | 'all' {
  if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration') return 'all';
  if (named.some((item) => item.type === 'ImportNamespaceSpecifier')) return 'all';
  return named.map((item) => nameOf(item.type === 'ExportSpecifier' ? item.local : item.imported) ?? 'default');
}

/** The name of an identifier, also where it is written as a string. */
export function nameOf(value: unknown): string | undefined {
  const node = value as { name?: unknown; value?: unknown } | null | undefined;
  const name = node?.name ?? node?.value;
  return typeof name === 'string' ? name : undefined;
}

const literalTypes = ['Literal', 'TemplateElement', 'JSXText'];

/** What stands outside literals and looks like a comment, is one. */
function comments(text: string, nodes: Node[]): Node[] {
  const characters = [...text.split('')];
  for (const node of nodes) if (literalTypes.includes(node.type)) characters.fill(' ', node.start, node.end);
  return matches('Comment', characters.join(''), /\/\/.*|\/\*[\s\S]*?\*\//g);
}

function sqlNodes(text: string): Node[] {
  const comment = /--.*|\/\*[\s\S]*?\*\//g;
  const bare = text.replace(comment, (found) => found.replace(/[^\n]/g, ' '));
  return [...matches('Comment', text, comment), ...lines('SqlLine', bare)];
}

const lines = (type: string, text: string): Node[] => matches(type, text, /[^\n]+/g);

function matches(type: string, text: string, pattern: RegExp): Node[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    type,
    start: index,
    end: index + found.length,
    raw: {},
    text: found,
  }));
}
