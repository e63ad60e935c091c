import { Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { Point } from '../../../shared/rules/ground.ts';
import { emptyHit, type Bvh } from '../rays/bvh.ts';
import type { StaticGeometry, TriangleLights } from '../rays/static-geometry.ts';
import type { LightMapImage } from './scene-model.ts';

/** The light on a person somewhere, relative to the scene's environment light. */
export interface Light {
  /** 1 is as bright as the environment alone. */
  brightness: number;
  /** Hue, about 1 each. */
  red: number;
  green: number;
  blue: number;
}

/** Tells how bright it is where somebody stands, so that people look lit by the room they are in. */
export interface LightField {
  /** Writes the light at a person's place (the floor under them) to `out`. Allocates nothing. */
  at(place: Readonly<Point>, out: Light): void;
}

/** Light maps are looked up in this resolution: a person averages over more than a texel of it anyway. */
const SIZE = 256;
/** Rays go down from here, metres above the floor: table tops count, what is under them does not. */
const FROM = 1.35;
const REACH = 3;
/** Around the person, metres. */
const RING = 0.55;
const OFFSETS: readonly (readonly [number, number])[] = [[0, 0], [RING, 0], [-RING, 0], [0, RING], [0, -RING]];
/** Upright surfaces get less than the floor from lights above: a mean share of what falls on it. */
const UPRIGHT = 0.9;
const DIMMEST = 0.55;
const BRIGHTEST = 4;
/** How much of the colour of the light shows on people. */
const HUE = 0.35;

/** Irradiance, linear rgb, of one light map in {@link SIZE} squared. */
type Irradiance = Float32Array;

async function decode({ bytes, intensity }: LightMapImage): Promise<Irradiance> {
  const bitmap = await createImageBitmap(new Blob([bytes.slice()]), { resizeWidth: SIZE, resizeHeight: SIZE, resizeQuality: 'medium' });
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const irradiance = new Float32Array(SIZE * SIZE * 3);
  if (context === null) return irradiance.fill(1);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  for (let texel = 0; texel < SIZE * SIZE; texel += 1) {
    for (let k = 0; k < 3; k += 1) irradiance[texel * 3 + k] = ((data[texel * 4 + k] ?? 0) / 255) ** 2.2 * intensity;
  }
  return irradiance;
}

const LUMINANCE = new Vector3(0.2126, 0.7152, 0.0722);

/** The environment's light on an upright surface, linear rgb, as Babylon computes it from its spherical polynomial. */
function environmentLight(scene: Scene): Vector3 {
  const polynomial = scene.environmentTexture?.sphericalPolynomial;
  if (polynomial === null || polynomial === undefined) return Vector3.One();
  const mean = polynomial.xx.add(polynomial.zz).scale(0.5 * scene.environmentIntensity);
  return Vector3.Maximize(mean, new Vector3(0.02, 0.02, 0.02));
}

function hue(light: number, environment: number): number {
  return Math.min(1.9, (1 + HUE * (light - 1)) / environment);
}

class BakedLightField implements LightField {
  private readonly bvh: Bvh;
  private readonly lights: TriangleLights;
  private readonly maps: readonly Irradiance[];
  private readonly environment: number;
  private readonly environmentHue: Vector3;
  private readonly ray = Float64Array.of(0, 0, 0, 0, -1, 0);
  private readonly hit = emptyHit();
  private readonly sum = new Float64Array(3);

  constructor(geometry: StaticGeometry, maps: readonly Irradiance[], environment: Vector3) {
    this.bvh = geometry.bvh;
    this.lights = geometry.lights;
    this.maps = maps;
    this.environment = Vector3.Dot(environment, LUMINANCE);
    this.environmentHue = environment.scale(1 / this.environment);
  }

  at(place: Readonly<Point>, out: Light): void {
    this.sum.fill(0);
    let found = 0;
    for (const [dx, dz] of OFFSETS) {
      this.ray[0] = place.x + dx;
      this.ray[1] = place.y + FROM;
      this.ray[2] = place.z + dz;
      if (this.bvh.cast(this.ray, REACH, this.hit) && this.addTexel()) found += 1;
    }
    const red = (this.sum[0] ?? 0) / (found || 1);
    const green = (this.sum[1] ?? 0) / (found || 1);
    const blue = (this.sum[2] ?? 0) / (found || 1);
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const known = found > 0 && luminance > 1e-4;
    out.brightness = known ? Math.min(BRIGHTEST, Math.max(DIMMEST, (luminance * UPRIGHT) / this.environment)) : 1;
    // The eye takes most of a room's colour for white, and the environment has a colour of its own already.
    out.red = known ? hue(red / luminance, this.environmentHue.x) : 1;
    out.green = known ? hue(green / luminance, this.environmentHue.y) : 1;
    out.blue = known ? hue(blue / luminance, this.environmentHue.z) : 1;
  }

  private addTexel(): boolean {
    const { triangle, s, t } = this.hit;
    const map = this.maps[this.lights.file[triangle] ?? -1];
    if (map === undefined) return false;
    const { uv } = this.lights;
    const at = triangle * 6;
    const first = 1 - s - t;
    const u = first * (uv[at] ?? 0) + s * (uv[at + 2] ?? 0) + t * (uv[at + 4] ?? 0);
    const v = first * (uv[at + 1] ?? 0) + s * (uv[at + 3] ?? 0) + t * (uv[at + 5] ?? 0);
    const x = Math.min(SIZE - 1, Math.max(0, Math.floor(u * SIZE)));
    const y = Math.min(SIZE - 1, Math.max(0, Math.floor(v * SIZE)));
    for (let k = 0; k < 3; k += 1) this.sum[k] = (this.sum[k] ?? 0) + (map[(y * SIZE + x) * 3 + k] ?? 0);
    return true;
  }
}

/** Decodes the light maps for {@link LightField}. The environment must be loaded. */
export async function readLightField(geometry: StaticGeometry, images: ReadonlyMap<string, LightMapImage>, scene: Scene): Promise<LightField> {
  const maps = await Promise.all(geometry.lights.files.map((file) => {
    const image = images.get(file);
    return image === undefined ? Promise.resolve(new Float32Array(SIZE * SIZE * 3).fill(1)) : decode(image);
  }));
  return new BakedLightField(geometry, maps, environmentLight(scene));
}
