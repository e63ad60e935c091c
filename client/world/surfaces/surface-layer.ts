import { Constants } from '@babylonjs/core/Engines/constants';
import { Color3 } from '@babylonjs/core/Maths/math.color.pure';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';
import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { ReadonlySignal } from '@preact/signals';
import type { Surface } from '../../app/contracts.ts';
import { LightMapPlugin } from '../model/light-map-plugin.ts';
import { meshesOf } from '../sights/sight-targets.ts';
import { Logos } from './logos.ts';
import { imagesOf, paintSurface } from './painters.ts';
import { resolutions } from './resolution.ts';
import type { Size } from './resolution.ts';

export interface SurfaceDeps {
  readonly scene: Scene;
  readonly meshes: readonly Mesh[];
  readonly surfaces: ReadonlySignal<readonly Surface[]>;
  /** CSS font family of texts. */
  family(): string;
}

/** One mesh with a picture of its own. */
class PaintedMesh {
  private readonly mesh: Mesh;
  private readonly texture: RawTexture;
  private readonly material: PBRMaterial;
  readonly size: Size;
  painted = '';

  constructor(mesh: Mesh, size: Size, luminous: boolean) {
    this.mesh = mesh;
    this.size = size;
    const scene = mesh.getScene();
    this.texture = new RawTexture(new Uint8Array(size.width * size.height * 4).fill(255), size.width, size.height, Constants.TEXTUREFORMAT_RGBA, scene,
      true, false, Constants.TEXTURE_TRILINEAR_SAMPLINGMODE, Constants.TEXTURETYPE_UNSIGNED_BYTE);
    this.texture.name = `surface ${mesh.name}`;
    this.texture.anisotropicFilteringLevel = 8;
    this.texture.wrapU = this.texture.wrapV = Texture.CLAMP_ADDRESSMODE;
    this.material = new PBRMaterial(this.texture.name, scene);
    this.material.albedoTexture = this.texture;
    this.material.metallic = 0;
    this.material.roughness = 0.55;
    this.material.albedoColor = Color3.White();
    this.material.backFaceCulling = mesh.material?.backFaceCulling ?? true;
    if (luminous) this.material.unlit = true;
    else this.takeLight();
    mesh.material = this.material;
  }

  /** Shows what was painted. */
  show(pixels: Uint8ClampedArray): void {
    this.texture.update(new Uint8Array(pixels.buffer));
  }

  dispose(): void {
    this.material.dispose();
    this.texture.dispose();
  }

  /** Where the mesh was lit by a light map, its picture is. */
  private takeLight(): void {
    const before = this.mesh.material;
    if (!(before instanceof PBRMaterial) || before.lightmapTexture === null) return;
    this.material.lightmapTexture = before.lightmapTexture;
    new LightMapPlugin(this.material);
  }
}

/** Paints what screens, booths, nameplates and boards show, each again only when that has changed. */
export class SurfaceLayer {
  private readonly deps: SurfaceDeps;
  private readonly painted = new Map<string, PaintedMesh>();
  private readonly logos: Logos;
  private readonly canvas = document.createElement('canvas');
  private readonly unsubscribe: () => void;
  private pending: readonly Surface[] = [];
  private scheduled = 0;

  constructor(deps: SurfaceDeps) {
    this.deps = deps;
    this.logos = new Logos(() => { this.schedule(); });
    this.unsubscribe = deps.surfaces.subscribe((surfaces) => {
      this.pending = surfaces;
      this.schedule();
    });
  }

  /** Paints everything anew: fonts have come. */
  repaint(): void {
    for (const painted of this.painted.values()) painted.painted = '';
    this.schedule();
  }

  dispose(): void {
    this.unsubscribe();
    clearTimeout(this.scheduled);
    for (const painted of this.painted.values()) painted.dispose();
    this.painted.clear();
  }

  /** After what happens now, so that several changes are painted once. */
  private schedule(): void {
    clearTimeout(this.scheduled);
    this.scheduled = window.setTimeout(() => { this.paintNext(); });
  }

  /** One surface at a time: a canvas of a million texels takes some ten milliseconds, which must not add up in one frame. */
  private paintNext(): void {
    const surfaces = this.pending;
    const sizes = resolutions(surfaces);
    for (const [index, surface] of surfaces.entries()) {
      const size = sizes[index];
      const painted = size === undefined ? undefined : this.paintedMesh(surface, size);
      if (painted === undefined) continue;
      for (const address of imagesOf(surface.content)) this.logos.want(address);
      // Of a film its frame counts, which is all that is written of it.
      const wanted = JSON.stringify([surface.content, surface.rightToLeft, imagesOf(surface.content).map((address) => this.logos.image(address) !== undefined)]);
      if (painted.painted === wanted) continue;
      painted.painted = wanted;
      this.paint(painted, surface);
      this.schedule();
      return;
    }
  }

  private paintedMesh({ node, content }: Surface, size: Size): PaintedMesh | undefined {
    const known = this.painted.get(node);
    if (known !== undefined) return known;
    const [mesh] = meshesOf(node, this.deps.meshes);
    if (mesh === undefined) return undefined;
    const made = new PaintedMesh(mesh, size, content.kind === 'welcome' || content.kind === 'wall' || content.kind === 'booth');
    this.painted.set(node, made);
    return made;
  }

  private paint(painted: PaintedMesh, { content, rightToLeft }: Surface): void {
    const { width, height } = painted.size;
    this.canvas.width = width;
    this.canvas.height = height;
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) return;
    context.direction = rightToLeft ? 'rtl' : 'ltr';
    paintSurface({ context, width, height, family: this.deps.family(), image: (address) => (address === null ? undefined : this.logos.image(address)) }, content);
    painted.show(context.getImageData(0, 0, width, height).data);
  }
}
