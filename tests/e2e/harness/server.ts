import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { InlineConfig, Plugin } from 'vite';
import { flags } from '../../../scripts/vite/flags.ts';
import { licenceFiles } from '../../../scripts/vite/licences.ts';

/** The avatars come from where they are kept. */
const avatars: Plugin = {
  name: 'harness-avatars',
  configurePreviewServer({ middlewares }) {
    middlewares.use('/avatars', (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const file = createReadStream(join(import.meta.dirname, '../../../assets/avatars', pathname));
      file.once('error', () => response.writeHead(404).end());
      file.pipe(response);
    });
  },
};

/**
 * Builds the harness page as the client is built and serves it on a free port. It is no part of the product: the client's own root does not
 * contain it.
 */
export async function serveHarness(pages: readonly string[] = ['index.html', 'plenary.html']): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'plenum-harness-'));
  const config: InlineConfig = {
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    plugins: [flags(), licenceFiles(), avatars],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, rolldownOptions: { input: pages.map((page) => join(import.meta.dirname, page)) } },
  };
  await build(config);
  const server = await preview({ ...config, preview: { port: 0, strictPort: false } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the harness server has no address');
  const close = async (): Promise<void> => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
  return { url, close };
}
