/** The lights of KHR_lights_punctual, as the bake needs them. */
import type { Scene, vec3 } from '@gltf-transform/core';
import type { Light } from '@gltf-transform/extensions';
import { sceneNodes } from '../triangles.ts';

/**
 * Photometric units to what a white matt surface sends out in the venue's units, where 1 is white. 683 lm/W is what Blender's exporter multiplies
 * by (glTF-Blender-IO, PBR_WATTS_TO_LUMENS): a sun of strength pi in Blender makes white white.
 */
export const LUX_PER_WHITE = 683 * Math.PI;

export interface PunctualLight {
  kind: 'sun' | 'point' | 'spot';
  /** World, metres; unused by a sun. */
  position: vec3;
  /** Unit vector along which it shines; unused by a point light. */
  direction: vec3;
  /** Linear colour times intensity: what a white surface facing it sends out, at one metre for point and spot. */
  colour: vec3;
  /** Metres; 0 for no limit. */
  range: number;
  /** Spot: factor and offset of the cosine, as KHR_lights_punctual recommends. */
  coneScale: number;
  coneOffset: number;
}

/** Lights of the scene that is shown, in the order of its nodes. */
export function readLights(scene: Scene): PunctualLight[] {
  return sceneNodes(scene).flatMap((node) => {
    const light = node.getExtension<Light>('KHR_lights_punctual');
    if (!light || light.getIntensity() <= 0) return [];
    const m = node.getWorldMatrix();
    const length = Math.hypot(m[8], m[9], m[10]) || 1;
    const [red, green, blue] = light.getColor();
    const strength = light.getIntensity() / LUX_PER_WHITE;
    const type = light.getType();
    const [inner, outer] = [Math.cos(light.getInnerConeAngle()), Math.cos(light.getOuterConeAngle())];
    const coneScale = 1 / Math.max(0.001, inner - outer);
    return [{
      kind: type === 'directional' ? 'sun' as const : type === 'spot' ? 'spot' as const : 'point' as const,
      position: [m[12], m[13], m[14]] as vec3,
      direction: [-m[8] / length, -m[9] / length, -m[10] / length] as vec3,
      colour: [red * strength, green * strength, blue * strength] as vec3,
      range: light.getRange() ?? 0,
      coneScale,
      coneOffset: -outer * coneScale,
    }];
  });
}

/** How far a sun's shadow reaches, metres: farther things are backdrop. */
const SUN_REACH = 120;

/** A ray towards a light, and how much of it arrives if nothing is in the way. */
export interface TowardsLight {
  /** Unit direction. */
  x: number;
  y: number;
  z: number;
  /** Metres to go without being blocked. */
  reach: number;
  /** Share of the light's colour, without the angle at the surface. 0: none. */
  share: number;
}

/** Fills `out` for a point. Allocates nothing. Attenuation: KHR_lights_punctual, "Range Property" and "Inner and Outer Cone Angles". */
export function towards(light: PunctualLight, point: Float64Array, out: TowardsLight): void {
  if (light.kind === 'sun') {
    [out.x, out.y, out.z] = [-light.direction[0], -light.direction[1], -light.direction[2]];
    out.reach = SUN_REACH;
    out.share = 1;
    return;
  }
  const x = light.position[0] - (point[0] ?? 0), y = light.position[1] - (point[1] ?? 0), z = light.position[2] - (point[2] ?? 0);
  const distance = Math.hypot(x, y, z) || 1e-6;
  [out.x, out.y, out.z] = [x / distance, y / distance, z / distance];
  out.reach = distance;
  // A bulb has a size: nearer than 10 cm it does not get brighter.
  out.share = 1 / Math.max(0.01, distance * distance);
  if (light.range > 0) out.share *= Math.max(0, Math.min(1, 1 - (distance / light.range) ** 4));
  if (light.kind === 'spot') {
    const along = -(out.x * light.direction[0] + out.y * light.direction[1] + out.z * light.direction[2]);
    out.share *= Math.max(0, Math.min(1, along * light.coneScale + light.coneOffset)) ** 2;
  }
}
