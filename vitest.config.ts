import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Half a minute and more each, however short the file. Begun last, as a fresh clone would, one of them runs alone while a core stands idle. */
const longest = [
  // Builds the portal where that is to be done.
  'lib/cli/bench.test.ts',
  'lib/db/restore-refused.test.ts',
  'lib/evidence/dossier/python-verifier.test.ts',
  'lib/evidence/verify/retold-evidence.test.ts',
  'lib/db/embedded-postgres.test.ts',
  'lib/schema/examples/example-language.test.ts',
  'app/api/v1/documented-statuses.test.ts',
  'lib/usecases/system/audit/owner-changes.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.includes(relative(import.meta.dirname, moduleId));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['{app,components,lib}/**/*.test.{ts,tsx}'],
    // Processes, not threads: tests send signals, bind ports and read the working directory.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['lib/testing/postgres-setup.config.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
