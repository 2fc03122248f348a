// Measures what ships: bundles the benchmark as the worker is bundled, then runs it in a process of its own. (tsx keeps
// the names of functions with a call per closure, which costs a fifth of the engine's speed.)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = mkdtempSync(join(tmpdir(), 'reclaimscope-bench-'));
try {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: 'src/cli/bench.ts',
      outDir,
      target: 'es2022',
      rollupOptions: { output: { entryFileNames: 'bench.mjs' } },
    },
  });
  const { status } = spawnSync(process.execPath, [join(outDir, 'bench.mjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
