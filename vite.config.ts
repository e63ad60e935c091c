import { defineConfig } from 'vitest/config';
import { catalogues } from './scripts/vite/catalogues.ts';
import { flags } from './scripts/vite/flags.ts';

/** The server that `npm run dev` proxies to; `npm start` is what serves the built client otherwise. */
const devServer = process.env['PLENUM_DEV_SERVER'] ?? 'http://localhost:2567';

export default defineConfig({
  root: 'client',
  base: '/',
  plugins: [catalogues(), flags()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
  server: {
    proxy: {
      '/api': devServer,
      '/scenes': devServer,
      '/avatars': devServer,
      '/matchmake': devServer,
      '/healthz': devServer,
    },
  },
  test: {
    root: '.',
    include: ['{client,server,shared,tools,tests,scripts,assets}/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', '**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
