import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** One configuration for the page, its workers and the unit tests. */
export default defineConfig({
  base: './', // the build works under any path of any static host
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0, // the page's content policy allows no data: fonts or scripts
    chunkSizeWarningLimit: 1500,
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
