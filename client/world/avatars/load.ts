import type { AssetContainer } from '@babylonjs/core/assetContainer';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { Seat } from '../../../shared/scene/layout.ts';
import { LEVELS } from '../engine/quality.ts';
import { PERSON_TEXELS, createAvatarMaterial } from './avatar-material.ts';
import { Bodies } from './bodies.ts';
import { readCatalogue } from './catalogue.ts';
import { Crowd, liveRowsFor, seatsById } from './crowd.ts';
import { FloatTable } from './gpu-tables.ts';
import { LivePoser } from './live-pose.ts';
import { makeClipBook, type ClipBook } from './motion.ts';
import { PoseSolver } from './pose-math.ts';
import { POSE_STRIDE, readRig, type Rig } from './rig.ts';
import type { LightField } from '../model/light-field.ts';

/** People that one scene can show; a pose frame can number 4,096, a room holds a thousand. */
const MOST_PEOPLE = 1500;

export interface LoadedAvatars {
  readonly crowd: Crowd;
  readonly people: FloatTable;
  /** GPU memory of the two tables, bytes. */
  readonly bytes: number;
  dispose(): void;
}

export interface CrowdInputs {
  /** Text of `avatars.json`. */
  readonly json: string;
  readonly seats: readonly Seat[];
  readonly light: LightField;
}

/** Solves every sample of every clip once into its row of the table. */
export function bakeClips(rig: Rig, book: ClipBook, out: Float32Array, rowLength: number): void {
  const solver = new PoseSolver(rig);
  const length = rig.bones.length * POSE_STRIDE;
  book.clips.forEach((clip, index) => {
    if (book.clips.indexOf(clip) < index) return;
    for (let frame = 0; frame < clip.frames; frame += 1) {
      const pose = clip.poses.subarray(frame * length, (frame + 1) * length);
      solver.solve(pose, out, ((book.firstRows[index] ?? 0) + frame) * rowLength);
    }
  });
}

function bakedRowCount(book: ClipBook): number {
  return book.clips.reduce((most, clip, index) => Math.max(most, (book.firstRows[index] ?? 0) + clip.frames), 0);
}

/**
 * Builds the crowd from the loaded `avatars.glb` and what else it needs.
 * @throws WorldError `download` if they do not fit together
 */
export function buildCrowd(container: AssetContainer, inputs: CrowdInputs, scene: Scene): LoadedAvatars {
  const { seats, light } = inputs;
  const catalogue = readCatalogue(inputs.json);
  const rig = readRig(container);
  const book = makeClipBook(rig, catalogue.speeds);
  const baked = bakedRowCount(book);
  const liveRows = { first: baked, count: liveRowsFor(Math.max(...LEVELS.map((level) => level.livePeople))) };
  const bones = new FloatTable('avatar bones', { width: rig.bones.length * 3, rows: baked + liveRows.count }, scene);
  bakeClips(rig, book, bones.data, bones.rowLength);
  bones.upload(0, baked);
  const people = new FloatTable('avatar people', { width: PERSON_TEXELS, rows: MOST_PEOPLE }, scene);
  const material = createAvatarMaterial({ bones, people }, false, scene);
  const bodies = new Bodies(container, catalogue, { plain: material, fading: () => createAvatarMaterial({ bones, people }, true, scene) }, scene);
  const crowd = new Crowd({
    catalogue, book, bones, people, bodies, liveRows, light, poser: new LivePoser(rig, book), seats: seatsById(seats),
  });
  // Skeletons, clips and nodes are in our tables now.
  container.dispose();
  return {
    crowd,
    people,
    bytes: bones.bytes + people.bytes,
    dispose: () => {
      bodies.dispose();
      material.dispose();
      bones.dispose();
      people.dispose();
    },
  };
}
