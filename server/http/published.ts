import { extname } from 'node:path';

/** Kinds of files that scenes and avatars are made of. Anything else in their folders is an author's or a tool's. */
const KINDS = new Set(['.glb', '.json', '.bin', '.env', '.hdr', '.webp', '.png', '.jpg', '.svg', '.ktx2', '.ogg', '.opus', '.mp3', '.m4a', '.wav', '.webm', '.mp4', '.txt']);

/** Whether a file below `assets/` is for the outside. `source/` has the authors' material. @param path with `/` between its parts. */
export function isPublished(path: string): boolean {
  return KINDS.has(extname(path)) && !path.split('/').includes('source');
}
