/** Bakes ambient occlusion and the light of punctual lights into vertex colours. */
import type { Document, Primitive, mat4, vec3 } from '@gltf-transform/core';
import { dedup } from '@gltf-transform/functions';
import { Mesh, PropertyType } from '@gltf-transform/core';
import type { Marks } from '../contract/marks.ts';
import { fitToVertices } from './fit.ts';
import { BAKED_KEY, gather } from './gather.ts';
import type { Gathered, Receiver } from './gather.ts';
import { readLights } from './lights.ts';
import { buildOccluder } from './occluder.ts';
import { read, spreadSamples } from './samples.ts';
import type { Samples } from './samples.ts';
import { RESULT } from './shade.ts';
import { shadeAll } from './threads.ts';

export interface LightOptions {
  /** Rays a sample. */
  rays?: number;
  /** What is farther than this takes no ambient light away, metres. */
  distance?: number;
  /** Samples of a triangle of one square metre, squared; each has at least one, and at most 32. */
  density?: number;
  /** Bake the lights of KHR_lights_punctual too. */
  lights?: boolean;
  /** What the environment makes of a white surface in red, green and blue, 1 is white: a colour of 1 looks as bright. */
  ambient?: vec3;
  /** Is told the share that is done, 0 to 1. */
  progress?: (share: number) => void;
}

export const LIGHT_DEFAULTS: Required<LightOptions> = { rays: 48, distance: 3, density: 24, lights: true, ambient: [1, 1, 1], progress: () => undefined };

export interface LightReport {
  /** Meshes whose colours were written, and of which vertices. */
  primitives: number;
  vertices: number;
  samples: number;
  /** Triangles that cast shadows. */
  occluders: number;
  lights: number;
  /** Share of the environment's light that is left for the shade, 0 to 1; the lights of the scene make up the rest. */
  shade: number;
  /** How strong the lights of the scene are, of what they should be: less than 1 if the environment is too dark to show them. */
  strength: number;
  /** How bright the environment should be, by factor of its intensity now, to show them in full. */
  brighter: number;
  /** Mean share of the ambient light, 0 to 1. */
  openness: number;
  skipped: Gathered['skipped'];
}

/** The brightest spots, by share of the surface, are cut off rather than darkening everything else. */
const HIGHLIGHTS = 0.01;
/** Of the environment's light, at least so much is left for the shade. */
const LEAST_SHADE = 0.25;

/**
 * Multiplies what arrives of the light into COLOR_0 of every mesh that has no light map. Adds no vertices. Deterministic. Meshes that are equal become
 * one first, or each would get colours of its own and could no longer be drawn at once.
 */
export async function bakeLight(document: Document, marks: Marks, options: LightOptions = {}): Promise<LightReport> {
  const settings = { ...LIGHT_DEFAULTS, ...options };
  await document.transform(dedup({ propertyTypes: [PropertyType.ACCESSOR, PropertyType.MESH] }));
  const { receivers, corners, thin, skipped } = gather(document, marks);
  const scene = document.getRoot().getDefaultScene() ?? document.getRoot().listScenes()[0];
  const lights = settings.lights && scene ? readLights(scene) : [];
  const samples = receivers.map((receiver) => spreadSamples(receiver, settings.density));
  const measured = await shadeAll(
    { occluder: buildOccluder(corners, thin), lights, settings: { rays: settings.rays, distance: settings.distance } },
    receivers.map(({ id, placements, thin: both }, index) => ({ id, samples: samples[index]?.points ?? new Float32Array(), placements: Float32Array.from(placements.flat()), thin: both })),
    settings.progress,
  );
  const mix = mixOf(lights.length === 0 ? 0 : brightest({ receivers, samples, measured, ambient: settings.ambient }), settings.ambient);
  let [vertices, open, total] = [0, 0, 0];
  receivers.forEach((receiver, index) => {
    const own = measured[index] ?? new Float32Array();
    vertices += writeColours(document, receiver, { samples: samples[index] as Samples, measured: own, mix });
    for (let at = 0; at < own.length; at += RESULT) if ((own[at] ?? -1) >= 0) [open, total] = [open + (own[at] ?? 0), total + 1];
  });
  // They shine in the colours now.
  if (settings.lights) document.getRoot().listExtensionsUsed().find(({ extensionName }) => extensionName === 'KHR_lights_punctual')?.dispose();
  return {
    primitives: receivers.length, vertices, samples: samples.reduce((sum, { triangle }) => sum + triangle.length, 0), occluders: thin.length, lights: lights.length,
    shade: mix.shade, strength: mix.strength, brighter: mix.brighter, openness: total === 0 ? 1 : open / total, skipped,
  };
}

/** How ambient and direct light become one colour. */
interface Mix {
  shade: number;
  /** What direct light is multiplied by, in red, green and blue. */
  direct: vec3;
  strength: number;
  brighter: number;
}

/**
 * A colour of 1 shows as the environment's full light, so the brightest spot gets that: the lights have the strength that their author gave them, and the shade
 * is what the environment has beyond them. So more light in the environment lightens the shade, and baking again gives the same.
 * @param peak direct light of the brightest surfaces, in shares of the environment's
 */
function mixOf(peak: number, ambient: vec3): Mix {
  const shade = Math.max(LEAST_SHADE, 1 - peak);
  const strength = peak === 0 ? 1 : Math.min(1, (1 - shade) / peak);
  return { shade: peak === 0 ? 1 : shade, direct: ambient.map((value) => strength / value) as vec3, strength, brighter: peak / (1 - LEAST_SHADE) };
}

/** Direct light of the brightest surfaces, in shares of the environment's own light. Samples count by the area that they stand for. */
function brightest({ receivers, samples, measured, ambient }: { receivers: readonly Receiver[]; samples: readonly Samples[]; measured: readonly Float32Array[]; ambient: vec3 }): number {
  const found: { value: number; area: number }[] = [];
  receivers.forEach((receiver, index) => {
    const own = samples[index] as Samples;
    const perTriangle = new Map<number, number>();
    for (const triangle of own.triangle) perTriangle.set(triangle, (perTriangle.get(triangle) ?? 0) + 1);
    const areas = triangleAreas(receiver);
    own.triangle.forEach((triangle, sample) => {
      const light = (measured[index] ?? new Float32Array()).subarray(sample * RESULT, sample * RESULT + RESULT);
      const [share = 0, red = 0, green = 0, blue = 0] = light;
      if (share >= 0) found.push({ value: Math.max(red / ambient[0], green / ambient[1], blue / ambient[2]), area: (areas[triangle] ?? 0) / (perTriangle.get(triangle) ?? 1) });
    });
  });
  found.sort((a, b) => b.value - a.value);
  const all = found.reduce((sum, { area }) => sum + area, 0);
  let passed = 0;
  for (const { value, area } of found) {
    passed += area;
    if (passed >= all * HIGHLIGHTS) return value;
  }
  return 0;
}

function triangleAreas({ primitive, triangles, placements }: Receiver): Float64Array {
  const positions = read(primitive.getAttribute('POSITION'));
  const world = placements[0] ?? ([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] as mat4);
  return Float64Array.from({ length: triangles.length / 3 }, (_, triangle) => {
    const [a, b, c] = [0, 1, 2].map((corner) => {
      const at = (triangles[triangle * 3 + corner] ?? 0) * 3;
      const [x, y, z] = [positions[at] ?? 0, positions[at + 1] ?? 0, positions[at + 2] ?? 0];
      return [0, 1, 2].map((axis) => (world[axis] ?? 0) * x + (world[4 + axis] ?? 0) * y + (world[8 + axis] ?? 0) * z);
    });
    const side = (p: number[] = [], axis: number): number => (p[axis] ?? 0) - (a?.[axis] ?? 0);
    const cross = (i: number, j: number): number => side(b, i) * side(c, j) - side(b, j) * side(c, i);
    return Math.hypot(cross(1, 2), cross(2, 0), cross(0, 1)) / 2;
  });
}

interface Colouring {
  samples: Samples;
  measured: Float32Array;
  mix: Mix;
}

/** @returns how many vertices were written */
function writeColours(document: Document, { primitive, triangles }: Receiver, { samples, measured, mix }: Colouring): number {
  const { group, groups } = groupVertices(primitive);
  const fitted = fitToVertices({ triangles, group, groups, samples, measured });
  const before = primitive.getAttribute('COLOR_0');
  const element = [1, 1, 1, 1];
  const alpha = before?.getType() === 'VEC4';
  const size = alpha ? 4 : 3;
  const colours = new Float32Array(group.length * size);
  group.forEach((number, vertex) => {
    before?.getElement(vertex, element);
    for (let k = 0; k < 3; k++) {
      const light = mix.shade * (fitted[number * RESULT] ?? 1) + (mix.direct[k] ?? 0) * (fitted[number * RESULT + 1 + k] ?? 0);
      colours[vertex * size + k] = Math.max(0, Math.min(1, light)) * (element[k] ?? 1);
    }
    if (alpha) colours[vertex * size + 3] = element[3] ?? 1;
  });
  const accessor = document.createAccessor().setType(alpha ? 'VEC4' : 'VEC3').setArray(colours).setBuffer(primitive.getAttribute('POSITION')?.getBuffer() ?? null);
  primitive.setAttribute('COLOR_0', accessor);
  if (before?.listParents().every((parent) => parent === document.getRoot())) before.dispose();
  for (const parent of primitive.listParents()) if (parent instanceof Mesh) parent.setExtras({ ...parent.getExtras(), [BAKED_KEY]: 1 });
  return group.length;
}

/** A tenth of a millimetre, and about a degree. */
const [PLACE_STEP, NORMAL_STEP] = [1e4, 60];

/** Vertices in the same place with the same normal were split only for their texture, and are lit alike. */
function groupVertices(primitive: Primitive): { group: Uint32Array; groups: number } {
  const [positions, normals] = [read(primitive.getAttribute('POSITION')), read(primitive.getAttribute('NORMAL'))];
  const group = new Uint32Array(positions.length / 3);
  const known = new Map<string, number>();
  for (let vertex = 0; vertex < group.length; vertex++) {
    const at = vertex * 3;
    const place = [0, 1, 2].map((axis) => Math.round((positions[at + axis] ?? 0) * PLACE_STEP));
    const normal = [0, 1, 2].map((axis) => Math.round((normals[at + axis] ?? 0) * NORMAL_STEP));
    const key = `${place.join()} ${normals.length > 0 ? normal.join() : vertex}`;
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    group[vertex] = number;
  }
  return { group, groups: known.size };
}

