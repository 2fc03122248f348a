import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

/** Everything that any scene needs is kept after the first load; the page asks before it changes to a newer version. */
const offline = VitePWA({
  registerType: 'prompt',
  injectRegister: null, // by hand, in src/app/offline.ts: after the first picture, and not at all in a frame
  manifest: {
    name: 'Reclaimscope',
    short_name: 'Reclaimscope',
    description: 'Two simulated Linux kernels under one clock: watch page reclaim and writeback compete for one disk.',
    id: './',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#111417',
    theme_color: '#111417',
    icons: [
      { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
  workbox: {
    globPatterns: [
      'index.html',
      'assets/*.{js,css}',
      'assets/*-latin-*.woff2',
      'recordings/**',
      'traces/**',
      'favicon.svg',
      'icon-*.png',
    ],
    globIgnores: ['assets/*-latin-ext-*'], // letters that the page never sets
    navigateFallback: 'index.html',
    clientsClaim: true, // so that what is loaded later comes from the first visit's store too
    inlineWorkboxRuntime: true,
    sourcemap: false,
  },
});

/** One configuration for the page, its workers and the unit tests. */
export default defineConfig({
  base: './', // the build works under any path of any static host
  plugins: [react(), offline],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0, // the page's content policy allows no data: fonts or scripts
    chunkSizeWarningLimit: 1500,
    // What the first view needs in one file: thirty small ones pack worse, and each is a request.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first-view', tags: ['$initial'] }] } } },
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
