import { type Finding, finding, type Rule } from './rule.ts';
import { lineAt, type Node, nameOf, type Source, textOf } from './source.ts';

/** A file is what a person can hold in mind; a function is what fits on a screen. */
const fileLinesMax = 300;
const functionLinesMax = 70;
const medianLinesMax = 80;
/** Below this many files the median says nothing. */
const medianFilesMin = 20;

export const size: Rule = {
  promise: `has files of at most ${fileLinesMax} lines and functions of at most ${functionLinesMax}`,
  check: (repository) => [...repository.values()].flatMap((source) => [...longFile(source), ...longFunctions(source)]),
};

export const median: Rule = {
  promise: `has a median file of fewer than ${medianLinesMax} lines`,
  check: (repository) => {
    const counts = [...repository.values()].filter(isCounted).map(lineCount);
    const middle = counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    if (counts.length < medianFilesMin || middle < medianLinesMax) return [];
    const why = `the median file has ${middle} lines: files have grown to hold several subjects.`;
    return [{ path: '.', line: 1, why, mend: 'Split the longest by subject.' }];
  },
};

function longFile(source: Source): Finding[] {
  const count = lineCount(source);
  if (!isCounted(source) || count <= fileLinesMax) return [];
  const why = `has ${count} lines, and ${fileLinesMax} are allowed.`;
  return [finding(source, source.text.length, why, 'Split it by meaning: one file, one subject.')];
}

function longFunctions(source: Source): Finding[] {
  return source.nodes.flatMap((node) => {
    if (!functionTypes.includes(node.type) || groupsTests(source, node)) return [];
    const count = lineAt(source, node.end) - lineAt(source, node.start) + 1;
    if (count <= functionLinesMax) return [];
    const name = nameOf(node.raw.id) ?? nameOf(node.parent?.raw.id ?? node.parent?.raw.key) ?? 'a function';
    const why = `${name} has ${count} lines, and ${functionLinesMax} are allowed.`;
    return [finding(source, node.start, why, 'Give its parts names and put them below, in calling order.')];
  });
}

const functionTypes = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** The body of a `describe` is a chapter, not a function. */
function groupsTests(source: Source, node: Node): boolean {
  return node.parent?.type === 'CallExpression' && /^(?:test\.)?describe\b/.test(textOf(source, node.parent));
}

/** Written by a program that is itself counted, and held equal to what it writes by a test: nobody reads or edits these. */
const generated = ['lib/testing/aceite-client.ts'];

const isCounted = ({ path }: Source): boolean => /\.(?:tsx?|mjs|js|css|sql)$/.test(path) && !generated.includes(path);

const lineCount = ({ text }: Source): number => text.replace(/\n$/, '').split('\n').length;
