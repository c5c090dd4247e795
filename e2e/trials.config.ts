import { defineConfig } from '@playwright/test';
import usual from './playwright.config.ts';

/** The long trials, by hand: `playwright test -c e2e/trials.config.ts`. The same tests as in the check, with more rounds. */
export default defineConfig({
  ...usual,
  testMatch: 'kill.spec.ts',
  metadata: { killRounds: 20 },
  workers: 1,
});
