/** What the parts of the client know of guided tours, besides `client/app/contracts.ts`. */
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import type { Sight } from '../contracts.ts';

/** How often a follower looks where the guide is, milliseconds. */
export const LOOK_MS = 100;

/** The guided tour that I am on: my own, or somebody's. */
export interface TourStatus {
  /** Id of the guide. */
  readonly guide: string;
  readonly mine: boolean;
  /** Those who are led, in the order in which they are known; me too if I am. */
  readonly members: readonly PersonInfo[];
}

/** What the guide of my tour points at, in the scene that I see. */
export interface Aim {
  /** Id of the guide. */
  readonly by: string;
  readonly at: Readonly<Point>;
  /** What is there to see, if anything. */
  readonly sight: Sight | null;
  /** From where I stood when it was shown: metres, and clock direction (12 is ahead). */
  readonly distance: number;
  readonly clock: number;
}

/** What a person can do about guided tours, for the UI. */
export interface TourActions {
  startTour(): void;
  endTour(): void;
  joinTour(guide: string): void;
  declineTour(guide: string): void;
  leaveTour(): void;
  /** Goes where the guide goes, or not. */
  followGuide(on: boolean): void;
  inviteOnTour(person: string): void;
  /** `scene`: for the secretariat. */
  inviteAllOnTour(reach: 'near' | 'scene'): void;
  dismissFromTour(person: string): void;
  pointAtSight(sight: Sight): void;
  stopPointing(): void;
  /** While on, clicks in the view point at things. */
  setAiming(on: boolean): void;
}
