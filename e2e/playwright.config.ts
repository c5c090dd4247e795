import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunch } from '#lib/testing/browser.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Trials: one writes into the repository, one takes minutes.
  testIgnore: ['pictures.spec.ts', 'mutations.spec.ts'],
  globalSetup: './start-portal.ts',
  // One portal serves all; each test makes its own sessions. Two cores carry two browsers.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // How often the portal is killed, how many answers a lender loses, and how many acceptances wait for one that is down; in the trials more.
  metadata: { killRounds: 4, lostAnswers: 30, outageAcceptances: 5 },
  // Far more than the slowest takes on two busy cores: a slow machine is no fault of the product.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: '../test-results',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 360, height: 740 },
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    // A picture and the page's outline at the end of a failure tell enough; writing down every step takes its share of the time of all.
    // --trace=retain-on-failure does it for one.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunch(),
  },
});
