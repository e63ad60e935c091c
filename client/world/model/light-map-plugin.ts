import { MaterialPluginBase } from '@babylonjs/core/Materials/materialPluginBase.pure';
import type { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial.pure';

/**
 * Babylon can add a light map to the colour or multiply everything by it, reflections included. A baked irradiance map is neither: it is
 * the diffuse light itself. So: diffuse = base colour * light map (instead of the environment's irradiance), plus the environment's
 * reflection, dimmed where the map is dark, since what a dim corner reflects is mostly that corner.
 */
const BEFORE_COMPOSITION = `
#if defined(LIGHTMAP) && defined(REFLECTION) && !defined(UNLIT)
  float venueLight = dot(lightmapColor.rgb, vec3(0.2126, 0.7152, 0.0722));
  finalIrradiance = surfaceAlbedo.rgb * lightmapColor.rgb * aoOut.ambientOcclusionColor;
  finalRadianceScaled *= clamp(venueLight * 1.4, 0.08, 1.0);
  lightmapColor.rgb = vec3(1.0);
#endif
`;

export class LightMapPlugin extends MaterialPluginBase {
  constructor(material: PBRMaterial) {
    super(material, 'VenueLightMap', 200, undefined, true, true);
    // With the flag on, the composition multiplies by `lightmapColor`, which the code above has made white.
    material.useLightmapAsShadowmap = true;
  }

  override getClassName(): string {
    return 'LightMapPlugin';
  }

  override getCustomCode(shaderType: string): { [point: string]: string } | null {
    return shaderType === 'fragment' ? { CUSTOM_FRAGMENT_BEFORE_FINALCOLORCOMPOSITION: BEFORE_COMPOSITION } : null;
  }
}
