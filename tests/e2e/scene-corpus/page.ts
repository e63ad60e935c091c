/**
 * Draws a glTF file before and after packing with Babylon.js' own full loader, not the venue's lean one, and compares the pictures. The camera is chosen by the
 * first file and stays for the second; nothing is animated.
 */
import { ArcRotateCamera, Color4, CubeTexture, DirectionalLight, DracoDecoder, Effect, Engine, HemisphericLight, LoadAssetContainerAsync, MeshoptCompression, PBRMaterial, RegisterSceneLoaderPlugin, Scene, Vector3 } from '@babylonjs/core';
import type { AbstractMesh, AssetContainer } from '@babylonjs/core';
import { GLTFFileLoader, GLTFLoaderAnimationStartMode } from '@babylonjs/loaders/glTF';
import '@babylonjs/loaders/glTF/2.0';

export interface Comparison {
  /** Part of the pixels that differ by more than the tolerance in a channel, 0 to 1. */
  changed: number;
  /** Part of the pixels that are not background in the first picture, 0 to 1. */
  drawn: number;
  /** Both pictures as data URLs, if they differ enough to be looked at. */
  pictures: [string, string] | null;
}

declare global {
  interface Window {
    compare(before: string, after: string, tolerance: number): Promise<Comparison>;
  }
}

const SIDE = 256;
const BACKGROUND = new Color4(0.2, 0.3, 0.4, 1);
/** Textures, shaders and what is drawn behind glass may take some frames to settle; more than this many never. */
const MOST_FRAMES = 400;
/** Differences from here on come with their pictures. */
const WORTH_LOOKING = 0.005;
/** What the venue never draws, and `pack` therefore leaves out. */
const UNSEEN = new Set(['space', 'zone', 'obstacle', 'walkable']);

const canvas = document.querySelector('canvas') as HTMLCanvasElement;
const engine = new Engine(canvas, false, { preserveDrawingBuffer: true, antialias: false });
// A shader that is still being compiled is left out of a picture without a word; what is behind glass is drawn by shaders of its own.
delete engine.getCaps().parallelShaderCompile;
const DECODERS = '/decoders';
MeshoptCompression.Configuration = { decoder: { url: `${DECODERS}/meshopt/meshopt_decoder.js` } };
DracoDecoder.DefaultConfiguration = { wasmUrl: `${DECODERS}/Draco/draco_decoder_gltf.js`, wasmBinaryUrl: `${DECODERS}/Draco/draco_decoder_gltf.wasm`, fallbackUrl: `${DECODERS}/Draco/draco_decoder_gltf.js`, numWorkers: 0 };
RegisterSceneLoaderPlugin(new GLTFFileLoader());
// What all pictures have in common is made once: shaders, and the environment, which the engine keeps as long as somebody uses it.
Effect.PersistentMode = true;
const kept = environment(new Scene(engine));

interface View {
  target: Vector3;
  radius: number;
}

function isUnseen(mesh: AbstractMesh): boolean {
  for (let node: AbstractMesh['parent'] | AbstractMesh = mesh; node; node = node.parent) {
    const extras = (node.metadata as { gltf?: { extras?: { venue?: { kind?: string; visible?: boolean } } } } | null)?.gltf?.extras?.venue;
    if (extras?.kind !== undefined && UNSEEN.has(extras.kind) && extras.visible !== true) return true;
    // Marks are on the node that has the mesh, which Babylon may make the parent of its primitives.
    if (node !== mesh) break;
  }
  return false;
}

function viewOf(meshes: readonly AbstractMesh[]): View {
  const low = new Vector3(Infinity, Infinity, Infinity);
  const high = low.negate();
  for (const mesh of meshes) {
    if (mesh.getTotalVertices() === 0 || !mesh.isEnabled()) continue;
    mesh.computeWorldMatrix(true);
    mesh.refreshBoundingInfo({ applySkeleton: true, applyMorph: true });
    low.minimizeInPlace(mesh.getBoundingInfo().boundingBox.minimumWorld);
    high.maximizeInPlace(mesh.getBoundingInfo().boundingBox.maximumWorld);
  }
  return { target: low.add(high).scale(0.5), radius: Math.max(0.001, high.subtract(low).length()) };
}

function environment(scene: Scene): Promise<CubeTexture> {
  return new Promise((resolve, reject) => {
    const texture: CubeTexture = new CubeTexture('/environment.env', scene, { prefiltered: true, forcedExtension: '.env', createPolynomials: true, onLoad: () => resolve(texture), onError: (message) => reject(new Error(message ?? 'no environment')) });
  });
}

/** Whether all glass has the picture of what is behind it: the loader gives it that some time after it says that it is done. */
function hasBackdrops(scene: Scene): boolean {
  return scene.materials.every((material) => !(material instanceof PBRMaterial) || !material.subSurface.isRefractionEnabled || material.subSurface.refractionTexture !== null);
}

/** Renders until nothing changes any more. */
async function settled(scene: Scene): Promise<Uint8Array> {
  let last = new Uint8Array();
  for (let frame = 0; frame < MOST_FRAMES; frame++) {
    scene.render();
    const pixels = new Uint8Array((await engine.readPixels(0, 0, SIDE, SIDE)).buffer.slice(0));
    if (frame > 1 && hasBackdrops(scene) && pixels.every((value, index) => value === last[index])) return pixels;
    last = pixels;
    // Lets loading go on.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  throw new Error(`The picture still changes after ${MOST_FRAMES} frames.`);
}

async function draw(url: string, view: View | null): Promise<{ pixels: Uint8Array; picture: string; view: View }> {
  const scene = new Scene(engine);
  scene.useRightHandedSystem = true;
  scene.clearColor = BACKGROUND;
  try {
    await kept;
    scene.environmentTexture = await environment(scene);
    new HemisphericLight('sky', new Vector3(0, 1, 0), scene).intensity = 0.5;
    new DirectionalLight('sun', new Vector3(-1, -2, -1.5), scene).intensity = 1.5;
    const container: AssetContainer = await LoadAssetContainerAsync(url, scene, { pluginExtension: '.glb', pluginOptions: { gltf: { animationStartMode: GLTFLoaderAnimationStartMode.NONE } } });
    container.addAllToScene();
    for (const mesh of container.meshes) if (isUnseen(mesh)) mesh.setEnabled(false);
    const seen = view ?? viewOf(container.meshes);
    const camera = new ArcRotateCamera('eye', 0.9, 1.1, seen.radius * 1.1, seen.target, scene);
    camera.minZ = seen.radius / 100;
    camera.maxZ = seen.radius * 10;
    scene.activeCamera = camera;
    await scene.whenReadyAsync(true);
    return { pixels: await settled(scene), picture: canvas.toDataURL('image/png'), view: seen };
  } finally {
    scene.dispose();
  }
}

window.compare = async (beforeUrl, afterUrl, tolerance) => {
  const before = await draw(beforeUrl, null);
  const after = await draw(afterUrl, before.view);
  const background = [BACKGROUND.r, BACKGROUND.g, BACKGROUND.b].map((value) => Math.round(value * 255));
  let [changed, drawn] = [0, 0];
  for (let at = 0; at < before.pixels.length; at += 4) {
    const differs = (other: (channel: number) => number, limit: number): boolean => [0, 1, 2].some((channel) => Math.abs((before.pixels[at + channel] ?? 0) - other(channel)) > limit);
    if (differs((channel) => after.pixels[at + channel] ?? 0, tolerance)) changed++;
    if (differs((channel) => background[channel] ?? 0, 2)) drawn++;
  }
  const total = SIDE * SIDE;
  return { changed: changed / total, drawn: drawn / total, pictures: changed / total > WORTH_LOOKING ? [before.picture, after.picture] : null };
};
