import { Material } from '@babylonjs/core/Materials/material.pure';
import type { MaterialDefines } from '@babylonjs/core/Materials/materialDefines';
import { MaterialPluginBase } from '@babylonjs/core/Materials/materialPluginBase.pure';
import type { UniformBuffer } from '@babylonjs/core/Materials/uniformBuffer';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';
import { Color3 } from '@babylonjs/core/Maths/math.color.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { FloatTable } from './gpu-tables.ts';
import { UNPACK_GONE } from './personal-space.ts';

/** The instance attribute that says which row of the people table an instance draws. */
export const SLOT_ATTRIBUTE = 'avatarSlot';

/**
 * Texels of a row of the people table:
 *   0: x, y, z in metres, scale
 *   1: sin yaw, cos yaw, brightness of the light there (1 is the environment as it is), contact shadow 0..1 and how far the person has faded
 *      (`packGone`)
 *   2: first bone row, second bone row, share of the second, hue of the light (0xRRGGBB, 0x808080 is white)
 *   3: tints of skin, hair, garment 1, garment 2, each 0xRRGGBB
 */
export const PERSON_TEXELS = 4;

const DEFINITIONS = `
attribute float ${SLOT_ATTRIBUTE};
attribute vec4 matricesIndices;
attribute vec4 matricesWeights;
uniform highp sampler2D avatarBones;
uniform highp sampler2D avatarPeople;
varying vec3 vAvatarLight;
#ifdef AVATARFADES
flat varying float vAvatarGone;
${UNPACK_GONE}
#endif

vec4 avatarRow(int bone, int row, ivec3 rows, float share) {
  vec4 a = texelFetch(avatarBones, ivec2(bone * 3 + row, rows.x), 0);
  return rows.z == 0 ? a : mix(a, texelFetch(avatarBones, ivec2(bone * 3 + row, rows.y), 0), share);
}
vec3 avatarUnpack(float packed) {
  return vec3(floor(packed / 65536.0), mod(floor(packed / 256.0), 256.0), mod(packed, 256.0));
}
vec3 avatarTint(float packed) {
  vec3 srgb = avatarUnpack(packed) / 255.0;
  return srgb * srgb * (srgb * 0.305306011 + 0.682171111) + srgb * 0.012522878;
}
`;

/** Runs before Babylon applies the instance's matrix, which is the identity: skins, scales, turns and places by the tables. */
const SKINNING = `
{
  int slot = int(${SLOT_ATTRIBUTE} + 0.5);
  vec4 place = texelFetch(avatarPeople, ivec2(0, slot), 0);
  vec4 facing = texelFetch(avatarPeople, ivec2(1, slot), 0);
  vec4 clip = texelFetch(avatarPeople, ivec2(2, slot), 0);
  ivec3 rows = ivec3(int(clip.x + 0.5), int(clip.y + 0.5), clip.z > 0.001 ? 1 : 0);
  vec4 r0 = vec4(0.0), r1 = vec4(0.0), r2 = vec4(0.0);
  for (int i = 0; i < 4; i++) {
    float weight = matricesWeights[i];
    if (weight <= 0.0) continue;
    int bone = int(matricesIndices[i] + 0.5);
    r0 += weight * avatarRow(bone, 0, rows, clip.z);
    r1 += weight * avatarRow(bone, 1, rows, clip.z);
    r2 += weight * avatarRow(bone, 2, rows, clip.z);
  }
  vec4 rest = vec4(positionUpdated, 1.0);
  vec3 p = vec3(dot(r0, rest), dot(r1, rest), dot(r2, rest)) * place.w;
  vec3 n = vec3(dot(r0.xyz, normalUpdated), dot(r1.xyz, normalUpdated), dot(r2.xyz, normalUpdated));
  positionUpdated = vec3(facing.y * p.x + facing.x * p.z, p.y, facing.y * p.z - facing.x * p.x) + place.xyz;
  normalUpdated = vec3(facing.y * n.x + facing.x * n.z, n.y, facing.y * n.z - facing.x * n.x);
  vAvatarLight = facing.z * avatarUnpack(clip.w) / 128.0;
#ifdef AVATARFADES
  vAvatarGone = goneOf(facing.w);
#endif
#ifdef VERTEXCOLOR
  vec4 tints = texelFetch(avatarPeople, ivec2(3, slot), 0);
  int part = int(color.a * 4.0 + 0.5);
  if (part > 0) colorUpdated.rgb *= avatarTint(part == 1 ? tints.x : part == 2 ? tints.y : part == 3 ? tints.z : tints.w);
#endif
}
`;

/**
 * Indoors the light comes mostly from above; a ground-to-ceiling gradient and a soft light from above the viewer give faces their shape,
 * which an environment alone leaves flat. No light objects are needed for it.
 */
const LIGHT = `
{
  float above = 0.5 + 0.5 * normalW.y;
  finalIrradiance *= vAvatarLight * mix(0.72, 1.12, above);
  finalRadianceScaled *= vAvatarLight;
}
`;

const FRAGMENT_DEFINITIONS = `
varying vec3 vAvatarLight;
#ifdef AVATARFADES
flat varying float vAvatarGone;
#endif
`;

/** Interleaved gradient noise (Jimenez 2014, "Next generation post processing in Call of Duty"): an even pattern that no eye follows. */
const FADE = `
#ifdef AVATARFADES
if (fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) < vAvatarGone) discard;
#endif
`;

class AvatarPlugin extends MaterialPluginBase {
  private readonly bones: FloatTable;
  private readonly people: FloatTable;
  private readonly fades: boolean;

  constructor(material: PBRMaterial, tables: AvatarTables, fades: boolean) {
    super(material, 'Avatars', 200, { AVATARFADES: false }, true, true);
    this.bones = tables.bones;
    this.people = tables.people;
    this.fades = fades;
  }

  override prepareDefines(defines: MaterialDefines): void {
    defines['AVATARFADES'] = this.fades;
  }

  override getClassName(): string {
    return 'AvatarPlugin';
  }

  override getSamplers(samplers: string[]): void {
    samplers.push('avatarBones', 'avatarPeople');
  }

  override getAttributes(attributes: string[]): void {
    attributes.push(SLOT_ATTRIBUTE, 'matricesIndices', 'matricesWeights');
  }

  override bindForSubMesh(uniforms: UniformBuffer): void {
    uniforms.setTexture('avatarBones', this.bones.texture);
    uniforms.setTexture('avatarPeople', this.people.texture);
  }

  override getCustomCode(shaderType: string): { [point: string]: string } {
    if (shaderType === 'vertex') return { CUSTOM_VERTEX_DEFINITIONS: DEFINITIONS, CUSTOM_VERTEX_UPDATE_POSITION: SKINNING };
    return {
      CUSTOM_FRAGMENT_DEFINITIONS: FRAGMENT_DEFINITIONS,
      CUSTOM_FRAGMENT_MAIN_BEGIN: FADE,
      CUSTOM_FRAGMENT_BEFORE_FINALCOLORCOMPOSITION: LIGHT,
    };
  }
}

export interface AvatarTables {
  readonly bones: FloatTable;
  readonly people: FloatTable;
}

/**
 * The material of all avatars.
 * @param fades whether it can be faded: costs the early depth test of many graphics cards, so it is for those near only, and only where somebody
 *   keeps a personal space
 */
export function createAvatarMaterial(tables: AvatarTables, fades: boolean, scene: Scene): PBRMaterial {
  const material = new PBRMaterial(fades ? 'avatars that fade' : 'avatars', scene);
  material.albedoColor = Color3.White();
  material.metallic = 0;
  material.roughness = 0.72;
  material.backFaceCulling = false;
  material.twoSidedLighting = true;
  material.sideOrientation = Material.CounterClockWiseSideOrientation;
  new AvatarPlugin(material, tables, fades);
  return material;
}
