import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { CONTROLLER_PROFILES, CONTROLLERS } from '../../client/xr/view/controller-profiles.ts';

interface Profile {
  readonly layouts: Readonly<Record<'left' | 'right', { readonly assetPath: string }>>;
}

/** Models of controllers by their path under {@link CONTROLLERS}: `<profile>/<left or right>.glb`, read when asked for. 17 MB, of which a headset fetches two. */
export function controllerFiles(): ReadonlyMap<string, () => Buffer> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@webxr-input-profiles/assets/package.json')), 'dist/profiles');
  const files = new Map<string, () => Buffer>();
  for (const profile of CONTROLLER_PROFILES) {
    const { layouts } = JSON.parse(readFileSync(join(folder, profile, 'profile.json'), 'utf8')) as Profile;
    for (const side of ['left', 'right'] as const) files.set(`${profile}/${side}.glb`, () => readFileSync(join(folder, profile, layouts[side].assetPath)));
  }
  return files;
}

/** Serves and emits the models of controllers, so that a headset asks nobody but our own server for them. */
export function controllers(): Plugin {
  const files = controllerFiles();
  return {
    name: 'plenum-controllers',
    configureServer(server) {
      server.middlewares.use(CONTROLLERS.slice(0, -1), (request, response, next) => {
        const file = files.get((request.url ?? '').slice(1));
        if (file === undefined) {
          next();
          return;
        }
        response.setHeader('Content-Type', 'model/gltf-binary');
        response.end(file());
      });
    },
    generateBundle() {
      for (const [path, file] of files) this.emitFile({ type: 'asset', fileName: CONTROLLERS.slice(1) + path, source: file() });
    },
  };
}
