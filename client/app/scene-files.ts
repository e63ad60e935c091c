import type { Layout, Venue } from '../../shared/scene/layout.ts';
import type { SceneRef } from '../../shared/protocol/messages.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { SceneFiles } from './contracts.ts';

async function download(address: string): Promise<Response> {
  const response = await fetch(address).catch((cause: unknown) => {
    throw new ReasonedError('INTERNAL', `cannot fetch ${address}`, { cause });
  });
  if (!response.ok) throw new ReasonedError('INTERNAL', `${address}: ${response.status}`);
  return response;
}

/** Address of the files of a revision, with a slash at the end. */
export function sceneBase({ id, revision }: SceneRef): string {
  return `/scenes/${id}/${revision}/`;
}

/** Layout, texts and navigation mesh of a scene; the model itself is fetched by the world. @throws ReasonedError */
export async function loadSceneFiles(ref: SceneRef): Promise<{ scene: SceneFiles; navmesh: Uint8Array }> {
  const base = sceneBase(ref);
  const [layout, venue, navmesh] = await Promise.all([
    download(base + SCENE_FILES.layout).then((r) => r.json() as Promise<Layout>),
    download(base + SCENE_FILES.venue).then((r) => r.json() as Promise<Venue>),
    download(base + SCENE_FILES.navigation).then((r) => r.arrayBuffer()),
  ]);
  return { scene: { id: ref.id, revision: ref.revision, base, layout, venue }, navmesh: new Uint8Array(navmesh) };
}
