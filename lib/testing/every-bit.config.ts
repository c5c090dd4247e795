import { defineConfig } from 'vitest/config';

/** Tries every single bit of a reference dossier, which takes about an hour: `vitest run --config lib/testing/every-bit.config.ts`. */
export default defineConfig({
  test: { include: ['lib/testing/every-bit.ts'], testTimeout: 0, fileParallelism: true },
});
