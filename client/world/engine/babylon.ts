/**
 * Every side effect that the world needs of Babylon.js, in one place. Babylon adds methods to its classes when a module is imported: without
 * these lines the code type-checks and fails at run time. Everything else imports `*.pure` modules, which add nothing.
 * Barrels (`@babylonjs/core`, `@babylonjs/loaders/glTF`) are never imported: they weigh a megabyte.
 */
import '@babylonjs/core/Engines/Extensions/engine.alpha';
import '@babylonjs/core/Engines/Extensions/engine.cubeTexture';
import '@babylonjs/core/Engines/Extensions/engine.dynamicBuffer';
import '@babylonjs/core/Engines/Extensions/engine.prefilteredCubeTexture';
import '@babylonjs/core/Engines/Extensions/engine.rawTexture';
import '@babylonjs/core/Engines/Extensions/engine.renderTarget';
import '@babylonjs/core/Engines/Extensions/engine.uniformBuffer';
import '@babylonjs/core/Engines/AbstractEngine/abstractEngine.dom';
import '@babylonjs/core/Engines/AbstractEngine/abstractEngine.loadFile';
import '@babylonjs/core/Engines/AbstractEngine/abstractEngine.renderPass';
import '@babylonjs/core/Engines/AbstractEngine/abstractEngine.states';
import '@babylonjs/core/Engines/AbstractEngine/abstractEngine.stencil';
import '@babylonjs/core/Engines/AbstractEngine/abstractEngine.texture';
import '@babylonjs/core/Engines/AbstractEngine/abstractEngine.textureLoaders';
import '@babylonjs/core/Materials/Textures/baseTexture.polynomial';
import '@babylonjs/core/Materials/Textures/Loaders/envTextureLoader';
import '@babylonjs/core/Meshes/thinInstanceMesh';
import '@babylonjs/core/Misc/fileTools';
import { RegisterMaterialPluginBase } from '@babylonjs/core/Materials/materialPluginBase.pure';
import { RegisterPbrMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';
import { RegisterGLTFFileLoader } from '@babylonjs/loaders/glTF/glTFFileLoader.pure';
import { RegisterGLTF2Loader } from '@babylonjs/loaders/glTF/2.0/glTFLoader.pure';
import { RegisterExtrasAsMetadata } from '@babylonjs/loaders/glTF/2.0/Extensions/ExtrasAsMetadata.pure';
import { RegisterEXT_mesh_gpu_instancing } from '@babylonjs/loaders/glTF/2.0/Extensions/EXT_mesh_gpu_instancing.pure';
import { RegisterEXT_texture_webp } from '@babylonjs/loaders/glTF/2.0/Extensions/EXT_texture_webp.pure';
import { RegisterKHR_materials_emissive_strength } from '@babylonjs/loaders/glTF/2.0/Extensions/KHR_materials_emissive_strength.pure';
import { RegisterKHR_materials_specular } from '@babylonjs/loaders/glTF/2.0/Extensions/KHR_materials_specular.pure';
import { RegisterKHR_mesh_quantization } from '@babylonjs/loaders/glTF/2.0/Extensions/KHR_mesh_quantization.pure';
import { RegisterKHR_texture_transform } from '@babylonjs/loaders/glTF/2.0/Extensions/KHR_texture_transform.pure';
import { registerClipLoader } from './clip-loader.ts';
import { registerMeshopt } from './meshopt.ts';

/** Registers the glTF loader and the extensions that our scenes use. Safe to call again. */
export function registerBabylon(): void {
  RegisterMaterialPluginBase();
  RegisterPbrMaterial();
  RegisterGLTF2Loader();
  RegisterGLTFFileLoader();
  RegisterExtrasAsMetadata();
  RegisterEXT_mesh_gpu_instancing();
  RegisterEXT_texture_webp();
  RegisterKHR_materials_emissive_strength();
  RegisterKHR_materials_specular();
  RegisterKHR_mesh_quantization();
  RegisterKHR_texture_transform();
  registerClipLoader();
  registerMeshopt();
}
