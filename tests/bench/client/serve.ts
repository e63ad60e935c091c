import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import express from 'express';
import { build } from 'vite';
import { leanBabylon } from '../../../scripts/vite/babylon.ts';
import { flags } from '../../../scripts/vite/flags.ts';
import { licenceFiles } from '../../../scripts/vite/licences.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Where the built page of a benchmark lies, by the folder that it is written in. */
function outputOf(page: string): string {
  return join(ROOT, 'test-results', `bench-${basename(page)}`);
}

/** Builds a benchmark's page (the folder of its `index.html`) as the client itself is built. */
export async function buildPage(page = import.meta.dirname): Promise<void> {
  const { default: config } = await import('../../../vite.config.ts');
  await build({
    ...config,
    plugins: [flags(), licenceFiles(), leanBabylon()],
    configFile: false,
    root: page,
    publicDir: false,
    logLevel: 'warn',
    build: { ...config.build, outDir: outputOf(page), emptyOutDir: true },
  });
}

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built page with scenes, avatars and flags, as the venue's server does, on a free port. */
export async function servePage(page = import.meta.dirname): Promise<PageServer> {
  const app = express();
  app.use(express.static(outputOf(page)));
  app.use('/scenes', express.static(join(ROOT, 'assets/scenes')));
  app.use('/avatars', express.static(join(ROOT, 'assets/avatars')));
  app.use('/flags', express.static(join(ROOT, 'node_modules/flag-icons/flags/4x3')));
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve, reject) => {
      server.close((error) => { if (error) reject(error); else resolve(); });
    }),
  };
}
