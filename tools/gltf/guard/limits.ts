/** How large a glTF may be. A file that says more is refused before anything is made of what it says, so that time and memory are bounded. */
export const LIMITS = {
  fileBytes: 512_000_000,
  jsonBytes: 64_000_000,
  /** `layout.json` and `venue.json`. */
  jsonFileBytes: 16_000_000,
  /** Depth of objects and lists in the JSON. */
  jsonDepth: 100,
  /** Commas of the JSON: how many values it holds. */
  jsonValues: 2_000_000,
  nodes: 20_000,
  /** Nodes below nodes. */
  nodeDepth: 200,
  textures: 1000,
  /** Vertex data once decompressed, bytes. */
  geometryBytes: 256_000_000,
  /** Width times height of a picture. */
  pixels: 8192 * 8192,
  /** Triangles of which floor and walls are made, copies counted. */
  groundTriangles: 2_000_000,
} as const;
