// Builds the page as it ships and asks a Firefox for every scene's golden hashes.
import { spawnSync } from 'node:child_process';
import { checkNode, fail, install, runTool } from './setup.mjs';

checkNode();
await install();
const works = (name) => spawnSync(name, ['--version']).status === 0;
const firefox = [process.env.FIREFOX_PATH, 'firefox-esr', 'firefox'].find((name) => name !== undefined && works(name));
if (firefox === undefined)
  fail('No Firefox: install one (Debian: apt install firefox-esr), or set FIREFOX_PATH to it.');
if ((await runTool('vite/bin/vite.js', ['build', '--logLevel', 'error'])) !== 0) process.exit(1);
const path = spawnSync('sh', ['-c', `command -v "${firefox}"`], { encoding: 'utf8' }).stdout.trim();
const env = { ...process.env, FIREFOX_PATH: path };
process.exitCode = await runTool('tsx/dist/cli.mjs', ['src/cli/firefox.ts', ...process.argv.slice(2)], { env });
