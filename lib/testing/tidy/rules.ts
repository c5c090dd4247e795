import { importLaw } from './import-law.ts';
import { layout, names } from './layout.ts';
import { leftovers, samplePersonAbsent } from './leftovers.ts';
import { unusedExports, unusedFiles } from './reachability.ts';
import type { Rule } from './rule.ts';
import { median, size } from './size.ts';

/** Everything that the tidy test asks, from the tree down to the single word. */
export const rules: Rule[] = [
  layout,
  names,
  importLaw,
  size,
  median,
  unusedFiles,
  unusedExports,
  ...leftovers,
  samplePersonAbsent,
];
