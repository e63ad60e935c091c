import type { Document, Transform } from '@gltf-transform/core';

/** Makes a named transform of an asynchronous function. `Document.transform` awaits it, though its type says that transforms return nothing. */
export function operation(name: string, run: (document: Document) => Promise<void>): Transform {
  const transform: (document: Document) => unknown = (document) => run(document);
  Object.defineProperty(transform, 'name', { value: name });
  return transform;
}
