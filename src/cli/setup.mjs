/**
 * What `npm start` and `npm test` need before anything is installed.
 * Plain JavaScript with Node's own modules only, because it runs first on a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(root, 'node_modules');
const NODE_MIN = [20, 19];

/** The one way these scripts stop early: a sentence and exit code 1. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Runs a command with its output shown; resolves to its exit code, 1 if it could not start or was killed. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs the script of an installed package, e.g. runTool('vite/bin/vite.js', ['build']). */
export const runTool = (script, args, options) => run(process.execPath, [join(modules, script), ...args], options);

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = NODE_MIN;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  fail(`Reclaimscope needs Node ${NODE_MIN.join('.')} or newer; this is ${process.versions.node}.`);
}

/** Installed means: from this very lock file (by hash), or by hand after the lock file last changed. */
function isInstalled(stamp, hash) {
  const hidden = join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  return statSync(hidden).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** `npm ci`, if node_modules does not match the lock file. */
export async function install() {
  const stamp = join(modules, '.lock-hash');
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (!isInstalled(stamp, hash)) {
    console.log('Installing the packages named in package-lock.json …');
    const args = ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'];
    const npm = process.env.npm_execpath;
    const code = npm?.endsWith('.js')
      ? await run(process.execPath, [npm, ...args])
      : await run('npm', args, { shell: process.platform === 'win32' });
    if (code !== 0) fail('npm ci failed (see above); Reclaimscope needs the npm registry once.');
  }
  writeFileSync(stamp, hash);
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Every place where a Chromium or Chrome may be, best first. */
async function browserCandidates() {
  const { chromium } = await import('@playwright/test');
  const found = [process.env.CHROME_PATH, chromium.executablePath()];
  for (const name of BROWSERS) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) found.push(join(folder, name));
  }
  for (const app of ['Google Chrome', 'Chromium']) found.push(`/Applications/${app}.app/Contents/MacOS/${app}`);
  for (const base of [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]) {
    if (base) found.push(join(base, 'Google/Chrome/Application/chrome.exe'));
  }
  return found;
}

/** A file is not enough: a snap stub or a browser without its libraries exists and does not run. */
function startsUp(path) {
  if (!path || !existsSync(path)) return false;
  if (process.platform === 'win32') return true; // chrome.exe --version opens a window there
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

async function findBrowser() {
  return (await browserCandidates()).find(startsUp);
}

/** A Chromium or Chrome that starts, fetched if there is none; undefined if none can be had. */
export async function ensureBrowser() {
  let browser = await findBrowser();
  if (browser) return browser;
  console.log('No Chromium or Chrome found: asking Playwright for one …');
  await runTool('@playwright/test/cli.js', ['install', 'chromium'], {
    timeout: 300_000,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
  browser = await findBrowser();
  if (browser) return browser;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing the Debian package chromium …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env });
    browser = await findBrowser();
  }
  return browser;
}
