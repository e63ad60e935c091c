/** What becomes of glTF extensions: which are kept, which are read as marks, and which the venue draws only approximately. */
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { SceneError } from '../findings.ts';
import type { Findings } from '../findings.ts';
import type { GltfJson } from '../guard/container.ts';

/** Kept in the model by `pack`. */
const KEPT = new Set<string>(ALL_EXTENSIONS.map(({ EXTENSION_NAME }) => EXTENSION_NAME));
/** Read into layout, navigation mesh or sounds, so that leaving them out of the model is no loss. */
const READ = new Set(['OMI_spawn_point', 'OMI_seat', 'OMI_link', 'OMI_collider', 'OMI_physics_shape', 'OMI_physics_body', 'KHR_audio_emitter', 'OMI_audio_ogg_vorbis', 'OMI_audio_opus']);
/** Of the registered ones, those that the packing steps cannot carry. */
const UNPACKABLE = new Set(['KHR_mesh_primitive_restart']);

const LOST = 'it is kept in the file, and drawn as a plain material.';
/** How the venue draws what it does not draw as specified. */
const APPROXIMATE: Readonly<Record<string, string>> = {
  KHR_lights_punctual: 'its lights do not shine in the venue; "bake" turns them into baked light.',
  KHR_materials_transmission: 'glass is drawn as see-through, without bending what is behind it.',
  KHR_materials_volume: LOST,
  KHR_materials_ior: LOST,
  KHR_materials_dispersion: LOST,
  KHR_materials_diffuse_transmission: LOST,
  KHR_materials_clearcoat: LOST,
  KHR_materials_sheen: LOST,
  KHR_materials_iridescence: LOST,
  KHR_materials_anisotropy: LOST,
  KHR_materials_pbrSpecularGlossiness: LOST,
  KHR_materials_variants: 'materials have variants, of which the first look is drawn.',
  KHR_node_visibility: 'nodes that are hidden by it may be seen.',
};

/**
 * Refuses a file that cannot be drawn without an extension that nobody here knows.
 * @throws SceneError `unknown-extension`
 */
export function refuseUnknownExtensions(json: GltfJson, name: string): void {
  for (const extension of json.extensionsRequired ?? []) {
    if (KEPT.has(extension) || READ.has(extension)) continue;
    throw SceneError.of({ code: 'unknown-extension', where: name, message: `it requires the extension ${String(extension).slice(0, 60)}, which is not known.`, fix: 'Export without it, or ask for it to be supported.' });
  }
}

/** Says of every optional extension that is not known where it stands, since `pack` leaves it out. */
export function warnOfUnknownExtensions(json: GltfJson, findings: Findings): void {
  for (const extension of new Set(json.extensionsUsed ?? [])) {
    if (UNPACKABLE.has(extension)) {
      findings.error({ code: 'unpackable-extension', where: 'the glTF', message: `the extension ${extension} cannot be packed.`, fix: 'Export without it.' });
    } else if (!KEPT.has(extension) && !READ.has(extension)) {
      const users = usersOf(extension, json);
      const on = users.length > 0 ? ` It stands on ${users.slice(0, 5).join(', ')}${users.length > 5 ? ` and ${users.length - 5} more` : ''}.` : '';
      findings.warn({ code: 'unknown-extension', where: 'the glTF', message: `the extension ${extension} is not known and is left out.${on}`, fix: 'Do without it, or ask for it to be supported.' });
    }
  }
}

/** Tells what the venue draws only approximately. */
export function tellApproximations(json: GltfJson, findings: Findings): void {
  for (const extension of json.extensionsUsed ?? []) {
    const how = APPROXIMATE[extension];
    if (how !== undefined) findings.notice({ code: 'approximate', where: extension, message: how, fix: 'Look at it in the preview.' });
  }
  const moving = [...((json.skins ?? []).length > 0 ? ['skins'] : []), ...((json.meshes ?? []).some(({ primitives }) => primitives.some(({ targets }) => targets && targets.length > 0)) ? ['morph targets'] : [])];
  for (const what of moving) findings.notice({ code: 'approximate', where: what, message: 'they are kept in the file, and drawn at rest: only nodes are animated.', fix: 'Animate whole objects instead, where it matters.' });
}

const NAMED = [['nodes', 'node'], ['meshes', 'mesh'], ['materials', 'material'], ['textures', 'texture'], ['images', 'image'], ['animations', 'animation']] as const;

function usersOf(extension: string, json: GltfJson): string[] {
  return NAMED.flatMap(([list, singular]) =>
    (json[list] ?? []).flatMap(({ name, extensions }, index) => (extensions && Object.hasOwn(extensions, extension) ? [`${singular} "${name ?? index}"`] : [])),
  );
}
