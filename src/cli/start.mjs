/** `npm start`: install if needed, build if the sources are newer, serve, open a browser where there is a display. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, install, root, runTool } from './setup.mjs';

const PORT = 4173;

/** Newest modification below a file or folder, in ms. */
function newestMs(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

function isBuilt() {
  const page = join(root, 'dist/index.html');
  if (!existsSync(page)) return false;
  const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];
  return statSync(page).mtimeMs > Math.max(...sources.map((name) => newestMs(join(root, name))));
}

/** The command that opens a page on this machine; undefined where nobody would see it. */
function opener(url) {
  if (process.env.BROWSER === 'none') return undefined;
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '', url];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open', url] : undefined;
}

function openBrowser(url) {
  const [command, ...args] = opener(url) ?? [];
  if (!command) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // the address is on the terminal anyway
  child.unref();
}

checkNode();
await install();
if (!isBuilt()) {
  console.log('Building …');
  if ((await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])) !== 0) process.exit(1);
}

const { preview } = await import('vite');
const server = await preview({ root, preview: { port: PORT, strictPort: false, open: false } });
const url = server.resolvedUrls?.local[0] ?? `http://localhost:${PORT}/`;
console.log(`Reclaimscope is at ${url} (Ctrl-C ends it)`);
openBrowser(url);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    server.httpServer.closeAllConnections?.();
    server.close().finally(() => process.exit(0));
  });
}
