/** Builds the page that compares pictures, and serves it with the files to compare. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../../..');

/** @param output an empty folder; not below Playwright's own, which another run would clear */
export async function buildPage(output: string): Promise<void> {
  await build({ configFile: false, root: import.meta.dirname, publicDir: false, logLevel: 'warn', build: { outDir: output, emptyOutDir: true, target: 'es2022', minify: false, chunkSizeWarningLimit: 100_000 } });
}

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built page, the decoders that Babylon.js ships, an environment, and the files to compare under `/files/`, on a free port. */
export async function servePage({ page, files }: { page: string; files: string }): Promise<PageServer> {
  const app = express();
  app.use(express.static(page));
  app.use('/decoders', express.static(join(ROOT, 'node_modules/@babylonjs/core/assets')));
  app.use('/files', express.static(files));
  app.get('/environment.env', (_request, response) => {
    response.sendFile(join(ROOT, 'assets/scenes/geneva/environment.env'));
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve, reject) => {
      server.close((error) => {
        if (error) reject(error);
        else resolve();
      });
    }),
  };
}
