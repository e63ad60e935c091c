/** A scene brings everything along: nothing in its glTF may point out of the file, wherever it stands. */
import { SceneError } from '../findings.ts';
import type { GltfJson } from './container.ts';

/** What may be embedded as text. Anything else, above all SVG and HTML, could carry scripts. */
const EMBEDDED = /^data:(?:application\/(?:octet-stream|gltf-buffer)|image\/(?:png|jpeg|webp|avif|ktx2)|audio\/[\w.+-]+)(?:;[\w=+.-]+)*;base64,/;
/** Extensions whose `uri` is an address that is shown or followed, not a file that is loaded. */
const ADDRESSES = new Set(['OMI_link', 'KHR_xmp_json_ld']);

/**
 * Looks for `uri` in the whole JSON.
 * @throws SceneError `external-uri` or `bad-data-uri`, naming where
 */
export function refuseExternal(json: GltfJson, name: string): void {
  const open: { value: unknown; at: readonly string[] }[] = [{ value: json, at: [] }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item.value !== 'object' || item.value === null) continue;
    for (const [key, value] of Object.entries(item.value)) {
      // Extras are the author's own: nothing in them is fetched.
      if (key === 'extras' || ADDRESSES.has(key)) continue;
      if (key === 'uri' && typeof value === 'string') checkUri(value, whereIs(item, json, name));
      else open.push({ value, at: [...item.at, key] });
    }
  }
}

function checkUri(uri: string, where: string): void {
  if (!uri.startsWith('data:')) {
    throw SceneError.of({ code: 'external-uri', where, message: `it refers to "${uri.slice(0, 120)}" outside the file.`, fix: 'Export as .glb with everything embedded.' });
  }
  if (!EMBEDDED.test(uri.slice(0, 200))) {
    throw SceneError.of({ code: 'bad-data-uri', where, message: `it embeds "${uri.slice(0, 40)}...", which is neither a picture, nor a sound, nor a buffer.`, fix: 'Use PNG, JPEG or WebP pictures, and export as .glb.' });
  }
}

/** `source.glb, image "wood"`, or the path in the JSON for what has no name. */
function whereIs({ value, at }: { value: unknown; at: readonly string[] }, json: GltfJson, name: string): string {
  const called = typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? `"${value.name}"` : undefined;
  const [list = '', index = ''] = at;
  if (at.length === 2 && list in json) return `${name}, ${list.replace(/s$/, '')} ${called ?? index}`;
  return `${name}, ${at.join('/')}${called === undefined ? '' : ` ${called}`}`;
}
