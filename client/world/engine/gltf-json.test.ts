import { describe, expect, it } from 'vitest';
import { readGltfFacts } from './gltf-json.ts';

function glb(json: string): Uint8Array {
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(20 + text.byteLength);
  const view = new DataView(bytes.buffer);
  [0x46546c67, 2, bytes.byteLength, text.byteLength, 0x4e4f534a].forEach((value, index) => { view.setUint32(index * 4, value, true); });
  bytes.set(text, 20);
  return bytes;
}

describe('readGltfFacts', () => {
  it('reads extensions and animations of a binary glTF, wherever its bytes lie', () => {
    const file = glb('{"extensionsUsed":["KHR_materials_unlit","EXT_texture_webp"],"animations":[{}]}');
    const within = new Uint8Array(file.byteLength + 7);
    within.set(file, 7);
    expect(readGltfFacts(within.subarray(7))).toEqual({ extensions: new Set(['KHR_materials_unlit', 'EXT_texture_webp']), animated: true });
    expect(readGltfFacts(glb('{"asset":{}}'))).toEqual({ extensions: new Set(), animated: false });
  });

  it('finds nothing in what is no such file, and never throws', () => {
    const cut = glb('{"extensionsUsed":["KHR_materials_unlit"]}').subarray(0, 30);
    for (const bytes of [new Uint8Array(3), new Uint8Array(40), cut, glb('[]'), glb('{"extensionsUsed":7}')]) expect(readGltfFacts(bytes).extensions.size).toBe(0);
  });
});
