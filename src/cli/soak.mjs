// Builds the page as it ships, finds a Chromium, and plays there for long: does the memory it takes stay bounded?
import { checkNode, ensureBrowser, install, runTool } from './setup.mjs';

checkNode();
await install();
const browser = await ensureBrowser();
if (browser === undefined) {
  console.log('No Chromium or Chrome: nothing is measured. Install one, or set CHROME_PATH to it.');
} else {
  if ((await runTool('vite/bin/vite.js', ['build', '--logLevel', 'error'])) !== 0) process.exit(1);
  const env = { ...process.env, CHROME_PATH: browser };
  process.exitCode = await runTool('tsx/dist/cli.mjs', ['src/cli/soak.ts', ...process.argv.slice(2)], { env });
}
