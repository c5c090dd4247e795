import { defineConfig } from '@playwright/test';
import usual from './playwright.config.ts';

/**
 * By hand: `npm run check -- --only trials`, and the name of a file for one of them. Killing, losing the lender's answers, doing without the lender and
 * changing dossiers more often than the check does, and the README's pictures.
 */
export default defineConfig({
  ...usual,
  testMatch: ['delivered-once.spec.ts', 'kill.spec.ts', 'mutations.spec.ts', 'pictures.spec.ts'],
  testIgnore: [],
  metadata: { killRounds: 20, lostAnswers: 1_000, outageAcceptances: 1_000 },
  workers: 1,
});
