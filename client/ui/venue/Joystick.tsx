import { useRef } from 'preact/hooks';
import { useDeps } from '../deps.ts';
import { Icon } from '../icons.tsx';

/** Travel of the stick to either side, CSS pixels. */
const REACH = 44;
/** Thumbs tremble: deflections under this part of the reach stand still. */
const DEAD_ZONE = 0.12;

/** Deflection in pixels to a wish to move: forward and right, together never longer than 1. */
export function stickToIntent(dx: number, dy: number): { readonly forward: number; readonly right: number } {
  const length = Math.hypot(dx, dy);
  const amount = Math.min(1, length / REACH);
  if (amount < DEAD_ZONE) return { forward: 0, right: 0 };
  const scale = (amount - DEAD_ZONE) / (1 - DEAD_ZONE) / length;
  return { forward: -dy * scale, right: dx * scale };
}

/** Touch joystick, on devices with a coarse pointer. Hidden from assistive technology, which has the lists of people and places. */
export function Joystick() {
  const { onJoystick } = useDeps();
  const pad = useRef<HTMLDivElement>(null);
  const active = useRef<number | null>(null);
  if (onJoystick === undefined) return null;
  const deflect = (dx: number, dy: number): void => {
    const length = Math.max(1, Math.hypot(dx, dy) / REACH);
    pad.current?.style.setProperty('--x', `${dx / length}px`);
    pad.current?.style.setProperty('--y', `${dy / length}px`);
    const { forward, right } = stickToIntent(dx, dy);
    onJoystick(forward, right);
  };
  const follow = (event: PointerEvent): void => {
    if (active.current !== event.pointerId || pad.current === null) return;
    const box = pad.current.getBoundingClientRect();
    deflect(event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
  };
  const release = (event: PointerEvent): void => {
    if (active.current !== event.pointerId) return;
    active.current = null;
    deflect(0, 0);
  };
  return (
    <div
      class="joystick"
      aria-hidden="true"
      ref={pad}
      onPointerDown={(event) => {
        active.current = event.pointerId;
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={follow}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <span class="joystick__stick"><Icon name="walk" /></span>
    </div>
  );
}
