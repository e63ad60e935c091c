import { join } from 'node:path';
import type { Plugin } from 'vite';

const CLIENT = join(import.meta.dirname, '../../client');

/** The pages of the client, by where they are served: `/`, `/preview/`, `/staff/` and `/plenary/`. Each loads only its own scripts. */
export const PAGES = { index: join(CLIENT, 'index.html'), preview: join(CLIENT, 'preview/index.html'), staff: join(CLIENT, 'staff/index.html'), plenary: join(CLIENT, 'plenary/index.html') } as const;

/** Builds all pages. A plugin and not a setting, so that the pages of benchmarks and tests, which take over the settings, are built alone. */
export function pages(): Plugin {
  return {
    name: 'plenum-pages',
    apply: 'build',
    config: () => ({ build: { rolldownOptions: { input: { ...PAGES } } } }),
  };
}
