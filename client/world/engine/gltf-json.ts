/** What a file says of itself before it is loaded. */
export interface GltfFacts {
  readonly extensions: ReadonlySet<string>;
  readonly animated: boolean;
}

const NOTHING: GltfFacts = { extensions: new Set(), animated: false };
const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;

/**
 * Reads which extensions a binary glTF uses and whether it has animations, so that what these take is fetched only for scenes that ask for it (glTF 2.0, section 4: header of 12
 * bytes, then the JSON chunk with its length and type). Nothing for what is no such file: the loader says what is wrong with it.
 */
export function readGltfFacts(bytes: Uint8Array): GltfFacts {
  if (bytes.byteLength < 20) return NOTHING;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(16, true) !== JSON_CHUNK) return NOTHING;
  const length = Math.min(view.getUint32(12, true), bytes.byteLength - 20);
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + length))) as { extensionsUsed?: unknown; animations?: unknown };
    const used = Array.isArray(json.extensionsUsed) ? json.extensionsUsed.filter((name): name is string => typeof name === 'string') : [];
    return { extensions: new Set(used), animated: Array.isArray(json.animations) && json.animations.length > 0 };
  } catch {
    return NOTHING;
  }
}
