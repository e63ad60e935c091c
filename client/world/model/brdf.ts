import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure';
import { Constants } from '@babylonjs/core/Engines/constants';
import type { Scene } from '@babylonjs/core/scene.pure';

const SIZE = 64;
const SAMPLES = 64;

/** Van der Corput radical inverse in base 2: the second coordinate of the Hammersley set. */
function radicalInverse(value: number): number {
  let bits = value >>> 0;
  bits = ((bits << 16) | (bits >>> 16)) >>> 0;
  bits = (((bits & 0x55555555) << 1) | ((bits & 0xaaaaaaaa) >>> 1)) >>> 0;
  bits = (((bits & 0x33333333) << 2) | ((bits & 0xcccccccc) >>> 2)) >>> 0;
  bits = (((bits & 0x0f0f0f0f) << 4) | ((bits & 0xf0f0f0f0) >>> 4)) >>> 0;
  bits = (((bits & 0x00ff00ff) << 8) | ((bits & 0xff00ff00) >>> 8)) >>> 0;
  return bits / 4294967296;
}

/** Height-correlated Smith visibility for GGX (Heitz 2014), without the 1/(4 NdotL NdotV). */
function visibility(NdotV: number, NdotL: number, alpha: number): number {
  const a2 = alpha * alpha;
  const v = NdotL * Math.sqrt(NdotV * (NdotV - NdotV * a2) + a2);
  const l = NdotV * Math.sqrt(NdotL * (NdotL - NdotL * a2) + a2);
  return 0.5 / (v + l);
}

/**
 * Split-sum integral of the GGX lobe (Karis 2013, "Real Shading in Unreal Engine 4", with the multiple-scattering split of Fdez-Aguera
 * 2019 that Babylon's shader expects): `out[0]` = part that scales (1 - F0), `out[1]` = whole reflectance.
 */
export function integrateBrdf(NdotV: number, roughness: number, out: Float32Array): void {
  const alpha = Math.max(roughness * roughness, 1e-3);
  const vx = Math.sqrt(1 - NdotV * NdotV);
  let fresnel = 0;
  let whole = 0;
  for (let i = 0; i < SAMPLES; i += 1) {
    const u = i / SAMPLES;
    const w = radicalInverse(i);
    const cosH = Math.sqrt((1 - w) / (1 + (alpha * alpha - 1) * w));
    const sinH = Math.sqrt(1 - cosH * cosH);
    const VdotH = vx * sinH * Math.cos(2 * Math.PI * u) + NdotV * cosH;
    const NdotL = 2 * VdotH * cosH - NdotV;
    if (NdotL <= 0 || VdotH <= 0) continue;
    const weight = (4 * visibility(NdotV, NdotL, alpha) * NdotL * VdotH) / cosH;
    fresnel += weight * (1 - VdotH) ** 5;
    whole += weight;
  }
  out[0] = fresnel / SAMPLES;
  out[1] = whole / SAMPLES;
}

/**
 * The table of the environment BRDF, computed here in about 10 ms: Babylon carries it as images in base64, 45 KB of the download that a
 * strict content security policy would not let it decode either. Must be set on the scene before the first PBR material.
 */
export function installEnvironmentBrdf(scene: Scene): void {
  const data = new Float32Array(SIZE * SIZE * 4);
  const pair = new Float32Array(2);
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      integrateBrdf((x + 0.5) / SIZE, (y + 0.5) / SIZE, pair);
      data.set([pair[0] ?? 0, pair[1] ?? 0, 0, 1], (y * SIZE + x) * 4);
    }
  }
  const bytes = toBytes(data);
  const texture = new RawTexture(bytes, SIZE, SIZE, Constants.TEXTUREFORMAT_RGBA, scene, false, false, Texture.BILINEAR_SAMPLINGMODE, Constants.TEXTURETYPE_UNSIGNED_BYTE);
  texture.name = 'environment BRDF';
  texture.wrapU = texture.wrapV = Texture.CLAMP_ADDRESSMODE;
  scene.environmentBRDFTexture = texture;
}

/** 8 bits are enough for both terms, which lie in 0..1 and are smooth; float textures need an extension to be filtered. */
function toBytes(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
