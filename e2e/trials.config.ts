import { defineConfig } from '@playwright/test';
import usual from './playwright.config.ts';

/** By hand: `playwright test -c e2e/trials.config.ts`. Killing and changing dossiers more often than the check does, and the README's pictures. */
export default defineConfig({
  ...usual,
  testMatch: ['kill.spec.ts', 'mutations.spec.ts', 'pictures.spec.ts'],
  testIgnore: [],
  metadata: { killRounds: 20 },
  workers: 1,
});
