/**
 * `npm test`: everything that can be checked, in one command. The last line is always `N passed, N failed`.
 * Type check, lint and build count as one test each; a stage that crashes counts as at least one failure.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, ensureBrowser, install, root, runTool } from './setup.mjs';

const reports = join(root, 'node_modules/.cache/reclaimscope');
const NO_BROWSER = 'The browser tests need Chromium or Chrome: install one, or set CHROME_PATH to it.';
const total = { passed: 0, failed: 0 };

/** A report that a tool has just written, or undefined if it wrote none or half of one. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Runs one stage and adds what it counted; an exit code that no failure explains is a failure. */
async function stage(title, work) {
  console.log(`\n── ${title}`);
  const { code, passed, failed } = await work().catch((error) => {
    console.error(error);
    return { code: 1, passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += code !== 0 && failed === 0 ? 1 : failed;
  return code === 0 && failed === 0;
}

const single = (script, args) => async () => {
  const code = await runTool(script, args);
  return { code, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
};

async function unitTests() {
  const file = join(reports, 'unit.json');
  rmSync(file, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runTool('vitest/vitest.mjs', args);
  const report = readReport(file);
  // A file that does not load has failed without a failed test in it.
  const unloaded = (report?.testResults ?? []).filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = (report?.numFailedTests ?? 0) + unloaded.length;
  return { code: report ? code : 1, passed: report?.numPassedTests ?? 0, failed };
}

const browserTests = (browser) => async () => {
  const file = join(reports, 'e2e.json');
  rmSync(file, { force: true });
  const env = { ...process.env, RECLAIMSCOPE_CHROMIUM: browser, RECLAIMSCOPE_E2E_REPORT: file };
  const code = await runTool('@playwright/test/cli.js', ['test', '-c', 'e2e/playwright.config.ts'], { env });
  const { stats, errors = [] } = readReport(file) ?? {};
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) + errors.length;
  return { code: stats ? code : 1, passed: stats?.expected ?? 0, failed };
};

const notRun = (reason) => async () => {
  console.error(reason);
  return { code: 1, passed: 0, failed: 1 };
};

checkNode();
await install();
mkdirSync(reports, { recursive: true });
const e2e = join(root, 'e2e');
const hasBrowserTests = existsSync(e2e) && readdirSync(e2e).some((name) => name.endsWith('.spec.ts'));
const browser = hasBrowserTests ? await ensureBrowser() : undefined;

await stage('types', single('typescript/bin/tsc', ['-p', 'src/tsconfig.json']));
await stage('lint', single('@biomejs/biome/bin/biome', ['check', '--colors=off']));
await stage('unit and property tests', unitTests);
const built = await stage('build', single('vite/bin/vite.js', ['build', '--logLevel', 'warn']));
if (hasBrowserTests) {
  if (!browser) await stage('browser tests', notRun(NO_BROWSER));
  else await stage('browser tests', built ? browserTests(browser) : notRun('Not run, because the build failed.'));
}

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
