import { createHash } from 'node:crypto';
import { forbidden } from './forbidden.ts';
import { type Finding, finding, type Repository, type Rule } from './rule.ts';
import { type Source, textOf } from './source.ts';

/** One test per line of the table, so that a failure is named after the promise that broke. */
export const leftovers: Rule[] = forbidden.map((pattern) => ({
  promise: pattern.promise,
  check: (repository) =>
    [...repository.values()]
      .filter(({ path }) => pattern.where(path))
      .flatMap((source) =>
        source.nodes
          .filter((node) => pattern.nodes.includes(node.type) && pattern.text.test(textOf(source, node)))
          .filter((node) => !pattern.unless?.(textOf(source, node), source))
          .map((node) => finding(source, node.start, pattern.why, pattern.mend)),
      ),
}));

/** SHA-256 of the CPF in the lender's published sample: that person is real and belongs in no fixture. */
const samplePerson = '935a1ef943f13594';

export const samplePersonAbsent: Rule = {
  promise: "never names the person of the lender's sample",
  check: (repository: Repository) => [...repository.values()].flatMap(findSamplePerson),
};

function findSamplePerson(source: Source): Finding[] {
  return [...source.text.matchAll(/\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b/g)].flatMap(({ 0: written, index }) => {
    const hash = createHash('sha256').update(written.replace(/\D/g, '')).digest('hex');
    if (!hash.startsWith(samplePerson)) return [];
    const mend = 'Use an invented person with 111.444.777-35, 529.982.247-25 or 123.456.789-09.';
    return [finding(source, index, "is the CPF of a living person, from the lender's sample.", mend)];
  });
}
