import { defineConfig } from 'vitest/config';
import { isBabylon, leanBabylon } from './scripts/vite/babylon.ts';
import { catalogues } from './scripts/vite/catalogues.ts';
import { controllers } from './scripts/vite/controllers.ts';
import { flags } from './scripts/vite/flags.ts';
import { licenceFiles } from './scripts/vite/licences.ts';
import { pages } from './scripts/vite/pages.ts';
import { polyfillStyles } from './scripts/vite/polyfill.ts';

/** The server that `npm run dev` proxies to; `npm start` is what serves the built client otherwise. */
const devServer = process.env['PLENUM_DEV_SERVER'] ?? 'http://localhost:2567';

export default defineConfig({
  root: 'client',
  base: '/',
  plugins: [catalogues(), flags(), controllers(), licenceFiles(), leanBabylon(), polyfillStyles(), pages()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    // By itself, because its 150 KB change only with the library.
    // The 3D library in one piece: cut up by who uses what of it, it is 20 KB more after compression.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'navigation', test: /@recast-navigation/ }, { name: 'loader', test: /preload-helper/, priority: 1 }, { name: 'babylon', test: isBabylon }] } } },
  },
  server: {
    proxy: {
      '/api': devServer,
      '/scenes': devServer,
      '/documents': devServer,
      '/avatars': devServer,
      '/logos': devServer,
      // As objects, which leave `Host` as it is: the server lets pages of its own host join.
      '/matchmake': { target: devServer },
      '/direct': { target: devServer, ws: true },
      '/captions': { target: devServer, ws: true },
      '/healthz': devServer,
      // Colyseus' sockets: /<process>/<room>?sessionId=...
      '^/[A-Za-z0-9_-]{9}/[A-Za-z0-9_-]{9}\\?': { target: devServer, ws: true },
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
