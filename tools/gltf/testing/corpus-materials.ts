/** Generated files for every material extension of the contract. */
import { EXTTextureAVIF, EXTTextureWebP, KHRLightsPunctual, KHRMaterialsAnisotropy, KHRMaterialsClearcoat, KHRMaterialsDiffuseTransmission, KHRMaterialsDispersion, KHRMaterialsEmissiveStrength, KHRMaterialsIOR, KHRMaterialsIridescence, KHRMaterialsPBRSpecularGlossiness, KHRMaterialsSheen, KHRMaterialsSpecular, KHRMaterialsTransmission, KHRMaterialsUnlit, KHRMaterialsVariants, KHRMaterialsVolume, KHRTextureTransform } from '@gltf-transform/extensions';
import type { ExtensionProperty } from '@gltf-transform/core';
import { writeGlb } from '../io.ts';
import { ShapeBuilder } from './shapes.ts';

/** A generated file: its name, and how to make it. */
export interface Sample {
  name: string;
  make: () => Promise<Uint8Array>;
}

/** A textured sphere whose material is changed. */
function sphere(name: string, change: (builder: ShapeBuilder) => void | Promise<void>): Sample {
  return {
    name,
    make: async () => {
      const builder = new ShapeBuilder();
      builder.material.setBaseColorTexture(await builder.picture('stripes')).setRoughnessFactor(0.4).setMetallicFactor(0.1);
      builder.node('ball', { mesh: builder.sphere('ball') });
      await change(builder);
      return writeGlb(builder.document);
    },
  };
}

function extended(name: string, make: (builder: ShapeBuilder) => ExtensionProperty): Sample {
  return sphere(name, (builder) => {
    const property = make(builder);
    builder.material.setExtension(property.extensionName, property);
  });
}

export const MATERIAL_SAMPLES: readonly Sample[] = [
  extended('emissive-strength', (b) => {
    b.material.setEmissiveFactor([0.2, 0.1, 0.05]);
    return b.document.createExtension(KHRMaterialsEmissiveStrength).createEmissiveStrength().setEmissiveStrength(2);
  }),
  extended('unlit', (b) => b.document.createExtension(KHRMaterialsUnlit).createUnlit()),
  extended('specular', (b) => b.document.createExtension(KHRMaterialsSpecular).createSpecular().setSpecularFactor(0.3).setSpecularColorFactor([1, 0.5, 0.2])),
  extended('ior', (b) => b.document.createExtension(KHRMaterialsIOR).createIOR().setIOR(1.8)),
  extended('clearcoat', (b) => b.document.createExtension(KHRMaterialsClearcoat).createClearcoat().setClearcoatFactor(1).setClearcoatRoughnessFactor(0.1)),
  extended('sheen', (b) => b.document.createExtension(KHRMaterialsSheen).createSheen().setSheenColorFactor([0.5, 0.2, 0.6]).setSheenRoughnessFactor(0.5)),
  extended('iridescence', (b) => b.document.createExtension(KHRMaterialsIridescence).createIridescence().setIridescenceFactor(1)),
  extended('anisotropy', (b) => b.document.createExtension(KHRMaterialsAnisotropy).createAnisotropy().setAnisotropyStrength(0.6)),
  extended('diffuse-transmission', (b) => b.document.createExtension(KHRMaterialsDiffuseTransmission).createDiffuseTransmission().setDiffuseTransmissionFactor(0.5)),
  extended('specular-glossiness', (b) => b.document.createExtension(KHRMaterialsPBRSpecularGlossiness).createPBRSpecularGlossiness().setDiffuseFactor([0.7, 0.4, 0.2, 1]).setGlossinessFactor(0.6)),
  extended('transmission', (b) => b.document.createExtension(KHRMaterialsTransmission).createTransmission().setTransmissionFactor(0.7)),
  sphere('volume-and-dispersion', (b) => {
    b.material.setExtension('KHR_materials_transmission', b.document.createExtension(KHRMaterialsTransmission).createTransmission().setTransmissionFactor(0.9));
    b.material.setExtension('KHR_materials_volume', b.document.createExtension(KHRMaterialsVolume).createVolume().setThicknessFactor(0.5).setAttenuationColor([0.6, 0.8, 1]).setAttenuationDistance(2));
    b.material.setExtension('KHR_materials_dispersion', b.document.createExtension(KHRMaterialsDispersion).createDispersion().setDispersion(0.3));
  }),
  sphere('texture-transform', (b) => {
    b.material.getBaseColorTextureInfo()?.setExtension('KHR_texture_transform', b.document.createExtension(KHRTextureTransform).createTransform().setScale([2, 1]).setOffset([0.25, 0.1]).setRotation(0.4));
  }),
  sphere('variants', (b) => {
    const variants = b.document.createExtension(KHRMaterialsVariants);
    const other = b.document.createMaterial('other').setBaseColorFactor([1, 0, 0, 1]);
    const [mesh] = b.document.getRoot().listMeshes();
    const list = variants.createMappingList().addMapping(variants.createMapping().setMaterial(other).addVariant(variants.createVariant('red')));
    if (mesh) b.primitive(mesh).setExtension('KHR_materials_variants', list);
  }),
  sphere('alpha-mask', (b) => {
    b.material.setAlphaMode('MASK').setAlphaCutoff(0.4).setBaseColorFactor([1, 1, 1, 0.6]);
  }),
  sphere('alpha-blend-double-sided', (b) => {
    b.material.setAlphaMode('BLEND').setBaseColorFactor([1, 1, 1, 0.5]).setDoubleSided(true);
  }),
  sphere('normal-map', async (b) => {
    b.material.setNormalTexture(await b.bumps()).setNormalScale(0.8);
  }),
  sphere('all-textures', async (b) => {
    b.material.setMetallicRoughnessTexture(await b.picture('metal', { seed: 2 })).setOcclusionTexture(await b.picture('occlusion', { seed: 3 }));
    b.material.setEmissiveTexture(await b.picture('glow', { seed: 4 })).setEmissiveFactor([0.2, 0.2, 0.2]).setMetallicFactor(0.8);
  }),
  sphere('samplers', (b) => {
    b.material.getBaseColorTextureInfo()?.setMagFilter(9728).setMinFilter(9728).setWrapS(33071).setWrapT(33648);
  }),
  ...(['jpeg', 'webp', 'avif'] as const).map((format) => sphere(`texture-${format}`, async (b) => {
    if (format === 'webp') b.document.createExtension(EXTTextureWebP).setRequired(true);
    if (format === 'avif') b.document.createExtension(EXTTextureAVIF).setRequired(true);
    b.material.setBaseColorTexture(await b.picture('stripes', { format }));
  })),
  sphere('lights', (b) => {
    const lights = b.document.createExtension(KHRLightsPunctual);
    b.node('lamp', { at: [2, 2, 2] }).setExtension('KHR_lights_punctual', lights.createLight('lamp').setType('point').setIntensity(60).setColor([1, 0.8, 0.5]));
    b.node('spot', { at: [-2, 3, 2] }).setExtension('KHR_lights_punctual', lights.createLight('spot').setType('spot').setIntensity(30));
    b.node('sun', { turn: 1 }).setExtension('KHR_lights_punctual', lights.createLight('sun').setType('directional').setIntensity(2));
  }),
];
