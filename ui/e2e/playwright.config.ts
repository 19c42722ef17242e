/** The field app in a real browser, on a real device process, against a real server. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // a story opens databases under a PIN several times, which is slow on purpose
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // a slow machine may need a second try; the report then calls the story flaky
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking'],
    },
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'vi-VN',
    screenshot: 'only-on-failure',
  },
});
