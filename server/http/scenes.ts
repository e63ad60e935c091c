import { Router } from 'express';
import type { SceneLibrary } from '../scenes/library.ts';
import { serveFiles } from './files.ts';
import { isPublished } from './published.ts';

/**
 * `/scenes/<id>/<revision>/<file>`: from whatever folder the library names for the revision, to be kept for ever, since a revision never changes. One that
 * was replaced or withdrawn is served while its files exist: people may be loading it.
 */
export function sceneFiles(library: Pick<SceneLibrary, 'folderOf'>): Router {
  const router = Router();
  router.use('/:id/:revision', (request, response, next) => {
    const { id, revision } = request.params;
    const folder = library.folderOf(id, revision);
    if (folder === null) next();
    else void serveFiles(folder, { serves: isPublished, immutable: true })(request, response, next);
  });
  return router;
}
