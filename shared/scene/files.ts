/** Files of a scene folder, as served under `/scenes/<id>/`. */
export const SCENE_FILES = { model: 'scene.glb', layout: 'layout.json', venue: 'venue.json', navigation: 'navmesh.bin' } as const;
