import type { PoseBook, Walker } from './contracts.ts';
import { toast } from './toasts.ts';

/** Where to stop when walking up to somebody, metres: near enough to talk, not in their face. */
const TALKING_DISTANCE = 1.4;

/** Walks up to somebody. Stops in front of them on the side one comes from, looking at them. */
export function approach(venue: { readonly walker: Walker; readonly poses: PoseBook }, person: string): void {
  const them = venue.poses.byId(person);
  if (them === undefined) {
    toast('reason.PERSON_UNKNOWN', 'warning');
    return;
  }
  const from = venue.walker.pose;
  const dx = from.x - them.x;
  const dz = from.z - them.z;
  const distance = Math.hypot(dx, dz);
  const yaw = Math.atan2(-dx, -dz);
  if (distance <= TALKING_DISTANCE) {
    venue.walker.look(yaw - from.yaw, 0);
    return;
  }
  const target = { x: them.x + (dx / distance) * TALKING_DISTANCE, y: them.y, z: them.z + (dz / distance) * TALKING_DISTANCE };
  if (!venue.walker.walkTo(target, yaw) && !venue.walker.walkTo(them, yaw)) toast('toast.noWay', 'warning');
}
