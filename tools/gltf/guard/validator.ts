/** Khronos' validator: what the standard says of a file. */
import { validateBytes } from 'gltf-validator';
import type { ValidationMessage } from 'gltf-validator';
import type { Finding, Findings } from '../findings.ts';
import type { GltfJson } from './container.ts';

/** More than anybody reads; the validator stops there. */
const MAX_ISSUES = 200;
const ERROR = 0;
const WARNING = 1;
/** It knows no compression or instancing, cannot see that extras use a second set of texture coordinates, and wants tangents that Blender leaves out and every engine makes. */
const IGNORED = ['UNSUPPORTED_EXTENSION', 'UNUSED_OBJECT', 'MESH_PRIMITIVE_GENERATED_TANGENT_SPACE'];
/**
 * Faults that every program draws all the same, such as the normal of a face without area, or a picture on a mesh without coordinates: they are told by `check`, but hinder nothing.
 * Everything else that is an error makes a file unreadable.
 */
const HARMLESS = /^MESH_PRIMITIVE_TOO_FEW_TEXCOORDS$|^ACCESSOR_(VECTOR3_NON_UNIT|NON_CLAMPED|INVALID_SIGN|NON_UNIT|WEIGHTS_NON_NORMALIZED|JOINTS_USED_ZERO_WEIGHT|MIN_MISMATCH|MAX_MISMATCH|ELEMENT_OUT_OF_(MIN|MAX)_BOUND|ANIMATION_SAMPLER_OUTPUT_NON_NORMALIZED_QUATERNION)$/;

/** Errors and warnings of the standard. */
export async function validate(bytes: Uint8Array): Promise<ValidationMessage[]> {
  try {
    const { issues } = await validateBytes(bytes, { maxIssues: MAX_ISSUES, ignoredIssues: IGNORED });
    return issues.messages.filter(({ severity }) => severity <= WARNING);
  } catch (error) {
    return [{ code: 'NOT_GLTF', message: String(error), severity: ERROR }];
  }
}

/** Whether a file with this fault cannot be worked with. */
export function isFatal({ code, severity }: ValidationMessage): boolean {
  return severity === ERROR && !HARMLESS.test(code);
}

/** Adds one finding a code, with how often it occurs. */
export function reportMessages(list: readonly ValidationMessage[], { json, name }: { json: GltfJson; name: string }, findings: Findings): void {
  for (const same of Map.groupBy(list, ({ code, severity }) => `${severity} ${code}`).values()) {
    const [first] = same;
    if (!first) continue;
    const more = same.length > 1 ? `, and ${same.length - 1} more like it` : '';
    const finding: Omit<Finding, 'severity'> = { code: first.code, where: locate(first.pointer, { json, name }), message: `${first.message.replace(/\.$/, '').slice(0, 300)}${more}.`, fix: 'Mend it in the authoring tool and export again.' };
    if (first.severity === ERROR) findings.error(finding);
    else findings.warn(finding);
  }
}

const SINGULAR: Readonly<Record<string, string>> = { nodes: 'node', meshes: 'mesh', materials: 'material', images: 'image', textures: 'texture', animations: 'animation', skins: 'skin' };

/** Names what a JSON pointer points at, if it has a name: `mesh "chair" (/meshes/3/primitives/0)`. */
function locate(pointer: string | undefined, { json, name }: { json: GltfJson; name: string }): string {
  const [, list = '', index = ''] = pointer?.split('/') ?? [];
  const lists: unknown = Object.hasOwn(SINGULAR, list) ? (json as unknown as Record<string, unknown>)[list] : undefined;
  const item: unknown = Array.isArray(lists) ? lists[Number(index)] : undefined;
  const called = typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string' ? item.name : undefined;
  return called === undefined ? `${name} ${pointer ?? ''}`.trim() : `${SINGULAR[list] ?? list} "${called}" (${pointer ?? ''})`;
}
