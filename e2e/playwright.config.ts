import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}node_modules/.cache/reclaimscope`;
const executablePath = process.env.RECLAIMSCOPE_CHROMIUM ?? process.env.CHROME_PATH;
const report = process.env.RECLAIMSCOPE_E2E_REPORT ?? `${cache}/e2e.json`;
const PORT = Number(process.env.RECLAIMSCOPE_E2E_PORT ?? 4174);

/** The browser tests look at the built page, served as any static host would; `npm test` builds it first. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: `${cache}/e2e`,
  snapshotPathTemplate: '{testDir}/snapshots/{testFileName}/{arg}{ext}',
  fullyParallel: false,
  forbidOnly: true,
  workers: 1, // two engine workers and a page keep two cores busy
  retries: 0,
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.02, animations: 'disabled', scale: 'css' },
  },
  reporter: [['list'], ['json', { outputFile: report }]],
  use: {
    browserName: 'chromium',
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block', // the tests of working offline allow them
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    cwd: root,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
