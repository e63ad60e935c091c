import type { Material } from '@babylonjs/core/Materials/material.pure';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';
import type { GLTFLoader } from '@babylonjs/loaders/glTF/2.0/glTFLoader.pure';
import { GLTFLoader as Loader } from '@babylonjs/loaders/glTF/2.0/glTFLoader.pure';
import type { IGLTFLoaderExtension } from '@babylonjs/loaders/glTF/2.0/glTFLoaderExtension';
import { registerGLTFExtension } from '@babylonjs/loaders/glTF/2.0/glTFLoaderExtensionRegistry';
import type { IMaterial } from '@babylonjs/loaders/glTF/2.0/glTFLoaderInterfaces';
import { RegisterKHR_materials_unlit } from '@babylonjs/loaders/glTF/2.0/Extensions/KHR_materials_unlit.pure';

const TRANSMISSION = 'KHR_materials_transmission';
/** Of the surface that stays where all light passes: clear glass still shows that it is there. */
const LEAST_OPACITY = 0.18;

/**
 * Glass. True transmission draws the scene behind once more and bends it, which phones cannot afford; here light passes straight through, as by alpha
 * blending, and reflections stay as they are.
 */
class SeeThrough implements IGLTFLoaderExtension {
  readonly name = TRANSMISSION;
  enabled: boolean;
  /** After the material's own properties, alpha included. */
  readonly order = 300;
  private readonly loader: GLTFLoader;

  constructor(loader: GLTFLoader) {
    this.loader = loader;
    this.enabled = loader.isExtensionUsed(TRANSMISSION);
  }

  dispose(): void {
    this.enabled = false;
  }

  loadMaterialPropertiesAsync(context: string, material: IMaterial, babylonMaterial: Material): Promise<void> | null {
    return Loader.LoadExtensionAsync<{ readonly transmissionFactor?: number }>(context, material, TRANSMISSION, async (_, { transmissionFactor = 0 }) => {
      await this.loader.loadMaterialPropertiesAsync(context, material, babylonMaterial);
      if (transmissionFactor <= 0 || !(babylonMaterial instanceof PBRMaterial)) return;
      babylonMaterial.alpha *= Math.max(LEAST_OPACITY, 1 - transmissionFactor);
      babylonMaterial.transparencyMode = PBRMaterial.PBRMATERIAL_ALPHABLEND;
    });
  }
}

/** What draws a material of glTF that not every scene has. The rest is registered for all (`babylon.ts`). */
const RARE: readonly (readonly [string, () => void])[] = [
  ['KHR_materials_unlit', RegisterKHR_materials_unlit],
  [TRANSMISSION, () => { registerGLTFExtension(TRANSMISSION, true, (loader) => new SeeThrough(loader)); }],
];

const registered = new Set<string>();

/** Registers the loader's extensions for those of `used` that need one. Safe to call again. */
export function registerRare(used: ReadonlySet<string>): void {
  for (const [name, register] of RARE) {
    if (!used.has(name) || registered.has(name)) continue;
    registered.add(name);
    register();
  }
}
