/** The model against the standard: Khronos' validator. */
import { validateBytes } from 'gltf-validator';
import type { ValidationMessage } from 'gltf-validator';
import type { Findings } from '../findings.ts';
import { writeGlb } from '../io.ts';
import type { ReadScene } from '../io.ts';

/** More than anybody reads; the validator stops there. */
const MAX_ISSUES = 200;
const ERROR = 0;
const WARNING = 1;

/** Reports what the validator says of the file as it is, and of its geometry once decompressed, which it cannot look into by itself. */
export async function checkStandard(bytes: Uint8Array, scene: ReadScene, findings: Findings): Promise<void> {
  const direct = await messages(bytes);
  report(direct, scene.json, findings);
  const inside = await messages(await decompressed(scene));
  const known = new Set(direct.map(({ code }) => code));
  report(inside.filter(({ code }) => !known.has(code)), scene.json, findings);
}

async function messages(bytes: Uint8Array): Promise<ValidationMessage[]> {
  try {
    // The validator knows no compression or instancing, and cannot see that extras use a second set of texture coordinates.
    const { issues } = await validateBytes(bytes, { maxIssues: MAX_ISSUES, ignoredIssues: ['UNSUPPORTED_EXTENSION', 'UNUSED_OBJECT'] });
    return issues.messages.filter(({ severity }) => severity <= WARNING);
  } catch (error) {
    return [{ code: 'NOT_GLTF', message: String(error), severity: ERROR }];
  }
}

/** The same model without compression. */
async function decompressed({ document }: ReadScene): Promise<Uint8Array> {
  const extension = document.getRoot().listExtensionsUsed().find(({ extensionName }) => extensionName === 'EXT_meshopt_compression');
  extension?.dispose();
  return writeGlb(document);
}

function report(list: readonly ValidationMessage[], json: ReadScene['json'], findings: Findings): void {
  const counts = new Map<string, number>();
  for (const { code, severity } of list) counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1);
  const told = new Set<string>();
  for (const { code, message, severity, pointer } of list) {
    const key = `${severity} ${code}`;
    if (told.has(key)) continue;
    told.add(key);
    const more = (counts.get(key) ?? 1) - 1;
    const finding = { code, where: locate(pointer, json), message: `${message.replace(/\.$/, '')}${more > 0 ? `, and ${more} more like it` : ''}.`, fix: 'Mend it in the authoring tool and export again.' };
    if (severity === ERROR) findings.error(finding);
    else findings.warn(finding);
  }
}

/** Names what a JSON pointer points at, if it has a name: `mesh "chair" (/meshes/3/primitives/0)`. */
function locate(pointer: string | undefined, json: ReadScene['json']): string {
  const [, list, index] = pointer?.split('/') ?? [];
  const named = list === 'nodes' || list === 'meshes' || list === 'materials' || list === 'images' || list === 'textures' ? json[list]?.[Number(index)]?.name : undefined;
  const singular: Record<string, string> = { nodes: 'node', meshes: 'mesh', materials: 'material', images: 'image', textures: 'texture' };
  return named !== undefined && list !== undefined ? `${singular[list] ?? list} "${named}" (${pointer ?? ''})` : `scene.glb ${pointer ?? ''}`.trim();
}
