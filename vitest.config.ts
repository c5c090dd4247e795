import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{app,components,lib}/**/*.test.{ts,tsx}'],
    // Processes, not threads: tests send signals, bind ports and read the working directory.
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['lib/testing/postgres-setup.config.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
