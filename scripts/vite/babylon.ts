import type { Plugin } from 'vite';

/**
 * Babylon.js reaches, by `import()` or at the top of a file, for parts that a WebGL view of our own scenes never uses. They are taken out of
 * the build, so that what is built is what can be loaded (and `npm run size` measures that). Loading one of them by mistake fails loudly.
 */
const NEVER_IMPORTED: readonly { readonly what: RegExp; readonly why: string }[] = [
  { what: /\/ShadersWGSL\//, why: 'shaders of WebGPU; the engine is WebGL' },
  { what: /\/openpbrMaterial(LoadingAdapter|\.pure)?\.js$/, why: 'a second PBR material, for glTF files that ask for it; ours do not' },
  { what: /\/Textures\/Loaders\/(basis|dds|exr|hdr|ies|ktx|tga)TextureLoader\.js$/, why: 'texture formats that scenes may not use (WebP only)' },
  { what: /\/Misc\/dds(\.pure)?\.js$/, why: 'DDS files' },
  { what: /\/(animationGroup|glTFLoaderAnimation)\.pure\.js$/, why: 'animations; client/world/engine/clip-loader.ts reads them' },
  { what: /\/Misc\/(dumpTools|screenshotTools)(\.pure)?\.js$/, why: 'screenshots' },
];

/** Shader text for lights, shadows and lobes of materials that our scenes, which are lit by light maps and an environment, do not have. */
const UNUSED_SHADER_PARTS = [
  'hdrFilteringFunctions', 'lightFragment', 'ltcHelperFunctions', 'pbrBlockAnisotropic', 'pbrBlockIridescence', 'pbrBlockSheen',
  'pbrClusteredLightingFunctions', 'pbrDebug', 'shadowsFragmentFunctions',
];

interface Replacement {
  readonly what: RegExp;
  /** Only where this module imports it. */
  readonly importer?: RegExp;
  by(name: string): string;
}

const FAIL = `() => { throw new Error('left out of the build: see scripts/vite/babylon.ts'); }`;

/** What stands in for a module that is imported at the top of one that is needed. */
const REPLACED: readonly Replacement[] = [
  {
    // 45 KB of images in base64. client/world/model/brdf.ts computes the one that is used and sets it on the scene first.
    what: /\/Misc\/brdfTextureTools\.js$/,
    by: () => `
      export const GetEnvironmentBRDFTexture = (scene) => {
        if (!scene.environmentBRDFTexture) throw new Error('set scene.environmentBRDFTexture before the first material');
        return scene.environmentBRDFTexture;
      };
      export const GetEnvironmentFuzzBRDFTexture = ${FAIL};
      export const GetOpenPBREnvironmentBRDFTexture = ${FAIL};
      export const BRDFTextureTools = { GetEnvironmentBRDFTexture, GetEnvironmentFuzzBRDFTexture, GetOpenPBREnvironmentBRDFTexture };
    `,
  },
  {
    // A shader include must not be empty, or Babylon asks the server for it.
    what: new RegExp(`/Shaders/ShadersInclude/(${UNUSED_SHADER_PARTS.join('|')})\\.js$`),
    by: (name) => `export const ${name} = { name: '${name}', shader: '// left out of the build' };`,
  },
  {
    // The surface under a surface: of the blocks that would compute it, what remains is the one number that the rest of the shader asks for.
    what: /\/Shaders\/ShadersInclude\/pbrBlock(Clearcoat|SubSurface)\.js$/,
    by: (name) => {
      const struct = name === 'pbrBlockClearcoat' ? 'clearcoatOutParams{vec3 specularEnvironmentR0;}' : 'subSurfaceOutParams{vec3 specularEnvironmentReflectance;}';
      return `export const ${name} = { name: '${name}', shader: 'struct ${struct};' };`;
    },
  },
  {
    // Mouse, touch and keyboard are ours (client/world/input); the scene's own are switched off at once (client/world/load-world.ts).
    what: /\/Inputs\/scene\.inputManager\.js$/,
    by: () => `
      const nothing = () => undefined;
      export class InputManager {
        static DragMovementThreshold = 10; static LongPressDelay = 500; static DoubleClickDelay = 300; static ExclusiveDoubleClickMode = false;
        attachControl() {} detachControl() {} _updateMeshUnderPointer() {} _invalidateMesh() {}
        pointerX = 0; pointerY = 0; meshUnderPointer = null; unTranslatedPointer = null;
        simulatePointerMove = nothing; simulatePointerDown = nothing; simulatePointerUp = nothing; setPointerOverMesh = nothing; getPointerOverMesh = nothing;
        isPointerCaptured() { return false; }
      }
    `,
  },
  {
    // Clear coat, sheen and other lobes: their glTF extensions are not registered. Each would add uniforms and work to every material.
    what: /\/Materials\/PBR\/pbr(ClearCoat|Iridescence|Anisotropic|Sheen|SubSurface)Configuration\.js$/,
    by: (name) => `export class ${name.replace('pbr', 'PBR')} { isEnabled = false; copyTo() {} parse() {} serialize() { return {}; } }`,
  },
  {
    // Which property of which object an animation may move, lights and their shadows included: clip-loader.ts reads animations.
    what: /\/Extensions\/objectModelMapping\.js$/,
    by: () => `export const GetMappingForKey = ${FAIL}; export const AddObjectAccessorToKey = ${FAIL}; export const SetInterpolationForKey = ${FAIL}; export const GetPathToObjectConverter = ${FAIL};`,
  },
  {
    // Skeletons are never read from Babylon's own files, nor animated by it: client/world/engine/clip-loader.ts and client/world/avatars do.
    what: /\/Animations\/animation\.pure\.js$/,
    by: () => `export const AnimationParse = ${FAIL}; export const AnimationMakeAnimationAdditive = ${FAIL};`,
  },
  {
    // Colours are graded by tone mapping alone; curves are off, and nothing switches them on.
    what: /\/Materials\/colorCurves\.pure\.js$/,
    by: () => `export class ColorCurves {} export const ColorCurvesBind = ${FAIL};`,
  },
  {
    // There are no light objects (client/world/README.md): containers only ask whether something is one.
    what: /\/Lights\/light\.js$/,
    by: () => `export class Light { constructor() { (${FAIL})(); } }`,
  },
  {
    // The environment is used as it is stored (client/world/engine/engine.ts), not decoded by a post-process.
    what: /\/PostProcesses\/postProcess\.pure\.js$/,
    by: () => `export class PostProcess { constructor() { (${FAIL})(); } }`,
  },
  {
    // Cameras of glTF files are thrown away; the camera that is used is a TargetCamera.
    what: /\/Cameras\/freeCamera\.pure\.js$/,
    importer: /\/glTFLoader\.pure\.js$/,
    by: () => `export class FreeCamera { constructor() { (${FAIL})(); } }`,
  },
];

/** Named by texture tools that the view does not use, so that it is shaken out of the view, and drawn with in the headset. */
const ONLY_NAMED = /\/Textures\/renderTargetTexture\.pure\.js$/;

/** Modules that are reached without a headset; filled when all modules are known. */
const reached = new Set<string>();

/** Whether a module is of the 3D library and needed by every view: not what is left out, nor what the library itself fetches when it is needed, nor what only a headset needs (client/xr). */
export function isBabylon(id: string): boolean {
  return id.includes('/@babylonjs/') && !id.startsWith(PREFIX) && !/\/(Shaders|ShadersWGSL|Textures\/Loaders)\//.test(id) && reached.has(id);
}

const PREFIX = '\0babylon-left-out:';

/** Vite plugin that leaves unused parts of Babylon.js out of the build. */
export function leanBabylon(): Plugin {
  return {
    name: 'lean-babylon',
    apply: 'build',
    enforce: 'pre',
    buildEnd() {
      const pending = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry === true);
      for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
        if (reached.has(id) || id.includes('/client/xr/') || ONLY_NAMED.test(id)) continue;
        reached.add(id);
        const info = this.getModuleInfo(id);
        pending.push(...(info?.importedIds ?? []), ...(info?.dynamicallyImportedIds ?? []));
      }
    },
    async resolveId(source, importer, options) {
      if (importer === undefined || !importer.includes('@babylonjs')) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      if (resolved === null) return null;
      const dynamic = (options as { kind?: string }).kind === 'dynamic-import';
      const known = REPLACED.some((entry) => entry.what.test(resolved.id) && (entry.importer?.test(importer) ?? true)) || (dynamic && NEVER_IMPORTED.some(({ what }) => what.test(resolved.id)));
      return known ? { id: PREFIX + resolved.id.replace(/^.*@babylonjs\//, ''), moduleSideEffects: false } : null;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const path = `/${id.slice(PREFIX.length)}`;
      const replaced = REPLACED.find(({ what }) => what.test(path));
      if (replaced !== undefined) return replaced.by(path.replace(/^.*\/(\w+)\.js$/, '$1'));
      const why = NEVER_IMPORTED.find(({ what }) => what.test(path))?.why ?? '';
      return `throw new Error(${JSON.stringify(`${path} is left out of the build (${why}): see scripts/vite/babylon.ts`)}); export {};`;
    },
  };
}
