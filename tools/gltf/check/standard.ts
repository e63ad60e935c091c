/** The model against the standard: Khronos' validator. */
import type { Findings } from '../findings.ts';
import { reportMessages, validate } from '../guard/validator.ts';
import { writeGlb } from '../io.ts';
import type { ReadScene } from '../io.ts';

/** Reports what the validator says of the file as it is, and of its geometry once decompressed, which it cannot look into by itself. Changes the document. */
export async function checkStandard(scene: ReadScene, name: string, findings: Findings): Promise<void> {
  reportMessages(scene.messages, { json: scene.json, name }, findings);
  const known = new Set(scene.messages.map(({ code }) => code));
  const inside = await validate(await decompressed(scene));
  reportMessages(inside.filter(({ code }) => !known.has(code)), { json: scene.json, name }, findings);
}

/** The same model without compression. */
async function decompressed({ document }: ReadScene): Promise<Uint8Array> {
  const extension = document.getRoot().listExtensionsUsed().find(({ extensionName }) => extensionName === 'EXT_meshopt_compression');
  extension?.dispose();
  return writeGlb(document);
}
