/** Surfaces on which the venue draws: how wide and high they really are, and where one looks at them from. */
import type { Node, Primitive, vec3 } from '@gltf-transform/core';
import type { Findings } from '../findings.ts';
import { determinant, triangleCorners, triangleCount } from '../triangles.ts';
import { nodeName } from './nodes.ts';

/** Normals are grouped by the cell they fall into, so that a thin box is not measured by its edges. */
const CELLS = 8;
/** A group smaller than this part of the surface means that the surface is curved. */
const FLAT = 0.25;
/** Groups this close to the largest may be the front as well: a box has two. */
const ALIKE = 0.95;
/** Texture coordinates this far outside 0 to 1 mean that the surface was not unwrapped for a picture. */
const SLACK = 0.1;
const EPSILON = 1e-9;

export interface Surface {
  /** Width divided by height, of the whole picture from 0 to 1. */
  aspect: number;
  /** World position of its middle, metres. */
  centre: vec3;
  /** Unit vectors towards which it may look; the first fits best. */
  fronts: vec3[];
}

interface Face {
  area: number;
  normal: vec3;
  middle: vec3;
  /** Metres for one unit of u and of v. */
  scale: readonly [number, number];
}

/** Measures the mesh of a node in world space. Undefined, with a finding that says why, if it cannot show a picture. */
export function measureSurface(node: Node, findings: Findings): Surface | undefined {
  const primitives = node.getMesh()?.listPrimitives() ?? [];
  const faces = primitives.flatMap((primitive) => facesOf(primitive, node));
  if (faces.length === 0) {
    findings.error({ code: 'no-uv', where: nodeName(node), message: 'the venue draws on it, but it has no texture coordinates that span an area.', fix: 'Unwrap it so that the picture fills the UV square from 0 to 1.' });
    return undefined;
  }
  const [low, high] = uvRange(primitives);
  if (low < -SLACK || high > 1 + SLACK) {
    findings.warn({ code: 'uv-range', where: nodeName(node), message: `its texture coordinates run from ${low.toFixed(2)} to ${high.toFixed(2)}, so a picture on it is cut or repeated.`, fix: 'Unwrap it so that the picture fills the UV square from 0 to 1.' });
  }
  const groups = [...Map.groupBy(faces, ({ normal }) => normal.map((value) => Math.round(value * CELLS)).join(' ')).values()].map(summarise).sort((a, b) => b.area - a.area);
  const whole = summarise(faces);
  const [largest = whole] = groups;
  if (largest.area < whole.area * FLAT) return { aspect: whole.aspect, centre: whole.centre, fronts: [whole.normal] };
  // Of faces that are alike, the one that looks along the node's own +Z is the front.
  const [, , , , , , , , x, y, z] = node.getWorldMatrix();
  const along = ({ normal }: Summary): number => normal[0] * x + normal[1] * y + normal[2] * z;
  const fronts = groups.filter(({ area }) => area >= largest.area * ALIKE).sort((a, b) => along(b) - along(a));
  const [{ aspect, centre } = largest] = fronts;
  return { aspect, centre, fronts: fronts.map(({ normal }) => normal) };
}

interface Summary {
  area: number;
  aspect: number;
  centre: vec3;
  normal: vec3;
}

/** Area-weighted means. */
function summarise(faces: readonly Face[]): Summary {
  const area = faces.reduce((total, face) => total + face.area, 0);
  const mean = (value: (face: Face) => number): number => faces.reduce((total, face) => total + value(face) * face.area, 0) / area;
  const vector = (value: (face: Face) => vec3): vec3 => [mean((face) => value(face)[0]), mean((face) => value(face)[1]), mean((face) => value(face)[2])];
  const normal = vector((face) => face.normal);
  const length = Math.hypot(...normal) || 1;
  return { area, aspect: mean(({ scale }) => scale[0]) / mean(({ scale }) => scale[1]), centre: vector((face) => face.middle), normal: [normal[0] / length, normal[1] / length, normal[2] / length] };
}

function facesOf(primitive: Primitive, node: Node): Face[] {
  const [positions, coordinates, indices] = [primitive.getAttribute('POSITION'), primitive.getAttribute('TEXCOORD_0'), primitive.getIndices()];
  if (!positions || !coordinates) return [];
  const matrix = node.getWorldMatrix();
  const mirrored = determinant(matrix) < 0;
  const point = (index: number): vec3 => {
    const [x = 0, y = 0, z = 0] = positions.getElement(index, []);
    return [matrix[0] * x + matrix[4] * y + matrix[8] * z + matrix[12], matrix[1] * x + matrix[5] * y + matrix[9] * z + matrix[13], matrix[2] * x + matrix[6] * y + matrix[10] * z + matrix[14]];
  };
  return Array.from({ length: triangleCount(primitive) }, (_, triangle) => triangleCorners(primitive.getMode(), triangle, mirrored).map((corner) => indices?.getScalar(corner) ?? corner)).flatMap(([a = 0, b = 0, c = 0]) => {
    const face = faceOf([point(a), point(b), point(c)], [a, b, c].map((index) => coordinates.getElement(index, [])));
    return face ? [face] : [];
  });
}

/** Solves edge = du * (dP/du) + dv * (dP/dv) for both edges of the triangle (Lengyel, Foundations of Game Engine Development 2, 7.5). */
function faceOf([a, b, c]: readonly [vec3, vec3, vec3], coordinates: readonly number[][]): Face | undefined {
  const [[ua = 0, va = 0] = [], [ub = 0, vb = 0] = [], [uc = 0, vc = 0] = []] = coordinates;
  const minus = (p: vec3, q: vec3): vec3 => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
  const [first, second] = [minus(b, a), minus(c, a)];
  const cross: vec3 = [first[1] * second[2] - first[2] * second[1], first[2] * second[0] - first[0] * second[2], first[0] * second[1] - first[1] * second[0]];
  const twice = Math.hypot(...cross);
  const determinantUv = (ub - ua) * (vc - va) - (uc - ua) * (vb - va);
  if (!(twice > EPSILON) || !(Math.abs(determinantUv) > EPSILON)) return undefined;
  const along = (p: number, q: number): number => Math.hypot(...[0, 1, 2].map((axis) => ((first[axis] ?? 0) * p - (second[axis] ?? 0) * q) / determinantUv));
  return {
    area: twice / 2,
    normal: [cross[0] / twice, cross[1] / twice, cross[2] / twice],
    middle: [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3, (a[2] + b[2] + c[2]) / 3],
    scale: [along(vc - va, vb - va), along(uc - ua, ub - ua)],
  };
}

function uvRange(primitives: readonly Primitive[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const primitive of primitives) {
    const coordinates = primitive.getAttribute('TEXCOORD_0');
    if (!coordinates) continue;
    low = Math.min(low, ...coordinates.getMinNormalized([]));
    high = Math.max(high, ...coordinates.getMaxNormalized([]));
  }
  return [low, high];
}
