import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunch } from '#lib/testing/browser.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // A trial: it writes into the repository.
  testIgnore: 'pictures.spec.ts',
  globalSetup: './start-portal.ts',
  // One portal serves all; each test makes its own sessions. Two cores carry two browsers.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // How often the portal is killed; the trials do it more often.
  metadata: { killRounds: 4 },
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
    // A picture at the end of a failure and the page at every step tell enough; filming every test takes a third core.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunch(),
  },
});
