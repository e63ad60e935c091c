import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const COUNTRY_FLAG = /^[a-z]{2}\.svg$/;

/** Folder of the 4:3 flags of `flag-icons`. */
function flagFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('flag-icons/package.json')), 'flags', '4x3');
}

/**
 * Serves and emits one file a country as `/flags/<code>.svg`, so that neither the pictures nor a table of their addresses weighs on the
 * JavaScript: a page fetches just the flags that it shows.
 */
export function flags(): Plugin {
  const folder = flagFolder();
  const files = readdirSync(folder).filter((file) => COUNTRY_FLAG.test(file));
  return {
    name: 'plenum-flags',
    configureServer(server) {
      server.middlewares.use('/flags', (request, response, next) => {
        const file = (request.url ?? '').slice(1);
        if (!files.includes(file)) {
          next();
          return;
        }
        response.setHeader('Content-Type', 'image/svg+xml');
        response.end(readFileSync(join(folder, file)));
      });
    },
    generateBundle() {
      for (const file of files) this.emitFile({ type: 'asset', fileName: `flags/${file}`, source: readFileSync(join(folder, file)) });
    },
  };
}
