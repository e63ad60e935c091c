/** What one frame is about. Mutable and reused. */
export interface FrameClock {
  /** `performance.now()` of this frame. */
  now: number;
  /** Seconds since the last one; at most a quarter, so that nothing leaps after a pause. */
  elapsed: number;
  /** Reduced motion: no smoothing of the camera, no animated marks. */
  still: boolean;
}

/** One part's share of a frame. */
export interface FrameStep {
  readonly name: string;
  run(clock: Readonly<FrameClock>): void;
}

/** The parts that a frame calls, each by what it does. */
export interface FrameParts {
  turnByKeys(clock: Readonly<FrameClock>): void;
  walk(clock: Readonly<FrameClock>): void;
  samplePoses(clock: Readonly<FrameClock>): void;
  syncPeople(clock: Readonly<FrameClock>): void;
  moveCamera(clock: Readonly<FrameClock>): void;
  sortCrowd(clock: Readonly<FrameClock>): void;
  animateCrowd(clock: Readonly<FrameClock>): void;
  placeMarks(clock: Readonly<FrameClock>): void;
  placeLabels(clock: Readonly<FrameClock>): void;
  draw(clock: Readonly<FrameClock>): void;
}

/** The order of a frame. Each line needs what the lines above it have done. */
export function frameOrder(parts: FrameParts): readonly FrameStep[] {
  return [
    // Held keys turn the look first, so that this frame's step already goes the new way.
    { name: 'keys', run: (clock) => parts.turnByKeys(clock) },
    // One's own place, predicted to now.
    { name: 'walk', run: (clock) => parts.walk(clock) },
    // Everybody else's, 100 ms ago.
    { name: 'poses', run: (clock) => parts.samplePoses(clock) },
    // Newcomers get an avatar before anything asks for it.
    { name: 'people', run: (clock) => parts.syncPeople(clock) },
    // The eye follows one's own place; everything below looks from it.
    { name: 'camera', run: (clock) => parts.moveCamera(clock) },
    // Who is in view and how fine, before poses are computed for them only.
    { name: 'sort', run: (clock) => parts.sortCrowd(clock) },
    { name: 'crowd', run: (clock) => parts.animateCrowd(clock) },
    // Ring at the destination, highlight of a seat.
    { name: 'marks', run: (clock) => parts.placeMarks(clock) },
    // Names stand over heads as they are now.
    { name: 'labels', run: (clock) => parts.placeLabels(clock) },
    { name: 'draw', run: (clock) => parts.draw(clock) },
  ];
}
