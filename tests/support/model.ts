/** The looks of the small test building: floor, walls, and the wall with the doorway. */
import { Document, NodeIO } from '@gltf-transform/core';
import { BUILDING } from '../../shared/navigation/fixture.ts';

type Colour = readonly [number, number, number];
type Corner = readonly [number, number, number];

/** Adds an axis-aligned box with flat faces. */
function box(document: Document, name: string, bounds: { low: Corner; high: Corner }, colour: Colour): void {
  const { low, high } = bounds;
  const corner = (bits: number): number[] => [bits & 1 ? high[0] : low[0], bits & 2 ? high[1] : low[1], bits & 4 ? high[2] : low[2]];
  const faces = [
    { corners: [0, 2, 3, 1], normal: [0, 0, -1] }, { corners: [4, 5, 7, 6], normal: [0, 0, 1] }, { corners: [0, 4, 6, 2], normal: [-1, 0, 0] },
    { corners: [1, 3, 7, 5], normal: [1, 0, 0] }, { corners: [0, 1, 5, 4], normal: [0, -1, 0] }, { corners: [2, 6, 7, 3], normal: [0, 1, 0] },
  ];
  const positions = faces.flatMap(({ corners }) => corners.flatMap(corner));
  const normals = faces.flatMap(({ normal }) => [normal, normal, normal, normal].flat());
  const indices = faces.flatMap((_, face) => [0, 1, 2, 0, 2, 3].map((index) => face * 4 + index));
  const buffer = document.getRoot().listBuffers()[0] ?? document.createBuffer();
  const material = document.createMaterial(name).setBaseColorFactor([...colour, 1]).setMetallicFactor(0).setEmissiveFactor([colour[0] * 0.6, colour[1] * 0.6, colour[2] * 0.6]);
  const primitive = document.createPrimitive().setMaterial(material)
    .setAttribute('POSITION', document.createAccessor().setType('VEC3').setArray(new Float32Array(positions)).setBuffer(buffer))
    .setAttribute('NORMAL', document.createAccessor().setType('VEC3').setArray(new Float32Array(normals)).setBuffer(buffer))
    .setIndices(document.createAccessor().setType('SCALAR').setArray(new Uint16Array(indices)).setBuffer(buffer));
  document.getRoot().getDefaultScene()?.addChild(document.createNode(name).setMesh(document.createMesh(name).addPrimitive(primitive)));
}

/** @param floor its colour tells one test scene from another */
export function buildingModel(floor: Colour): Promise<Uint8Array> {
  const document = new Document();
  document.getRoot().setDefaultScene(document.createScene('building'));
  const { half, wall } = BUILDING;
  const plaster: Colour = [0.75, 0.74, 0.7];
  const thick = wall.halfThickness;
  box(document, 'floor', { low: [-half, -0.2, -half], high: [half, 0, half] }, floor);
  box(document, 'wall south', { low: [-thick, 0, -half], high: [thick, wall.height, -wall.doorHalfWidth] }, plaster);
  box(document, 'wall north', { low: [-thick, 0, wall.doorHalfWidth], high: [thick, wall.height, half] }, plaster);
  box(document, 'back', { low: [-half, 0, half], high: [half, 3.5, half + 0.2] }, plaster);
  box(document, 'front', { low: [-half, 0, -half - 0.2], high: [half, 3.5, -half] }, plaster);
  return new NodeIO().writeBinary(document);
}
