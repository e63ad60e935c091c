import type { Point } from '../../shared/rules/ground.ts';
import type { Link } from '../../shared/scene/layout.ts';

/** One has to walk so much farther than one came for the question to go away: nobody is asked twice for swaying on the line. Metres. */
const SLACK = 0.5;
/** From here on a way out is likely to be taken: its scene is fetched ahead. Metres. */
const AHEAD = 14;
/** Another floor, metres. */
const STOREY = 2;

/** Which way out one stands in front of, and so is asked about. Whoever stays is not asked again before they have been elsewhere. */
export class LinkWatch {
  private readonly links: readonly Link[];
  private readonly declined = new Set<string>();
  private near: Link | null = null;

  constructor(links: readonly Link[]) {
    this.links = links;
  }

  /** Nobody who has just come out of a doorway is asked whether to go back in. */
  begin(at: Readonly<Point>): void {
    this.near = null;
    this.declined.clear();
    for (const link of this.links) if (distance(link, at) <= link.radius + SLACK) this.declined.add(link.id);
  }

  /** @returns the link that one is asked about at `at`, or null. */
  update(at: Readonly<Point>): Link | null {
    for (const link of this.links) if (distance(link, at) > link.radius + SLACK) this.declined.delete(link.id);
    if (this.near !== null && distance(this.near, at) > this.near.radius + SLACK) this.near = null;
    this.near ??= this.links.find((link) => !this.declined.has(link.id) && distance(link, at) <= link.radius) ?? null;
    return this.near;
  }

  /** The person has said no. */
  stay(): void {
    if (this.near !== null) this.declined.add(this.near.id);
    this.near = null;
  }

  /** The ways out that are near enough for their scenes to be fetched ahead. */
  ahead(at: Readonly<Point>): readonly Link[] {
    return this.links.filter((link) => distance(link, at) <= AHEAD);
  }
}

/** Metres over the floor; infinitely far on another floor. */
function distance(link: Link, at: Readonly<Point>): number {
  const [x, y, z] = link.position;
  return Math.abs(y - at.y) > STOREY ? Infinity : Math.hypot(x - at.x, z - at.z);
}
