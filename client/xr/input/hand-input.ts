import type { HandShape, TrackedPoint } from '../../../shared/protocol/body.ts';
import type { Point } from '../../../shared/rules/ground.ts';

/** Buttons and axes of the `xr-standard` gamepad (WebXR Gamepads Module, section 3.3). */
const TRIGGER = 0;
const SQUEEZE = 1;
const STICK_BUTTON = 3;
const LOWER_BUTTON = 4;
const UPPER_BUTTON = 5;
const STICK_X = 2;
const STICK_Y = 3;
/** A stick at rest is not quite at rest. */
const DEAD_ZONE = 0.15;
/** Finger tips nearer than this to the wrist are bent, metres. */
const BENT = 0.11;
/** From the grip of a controller to the tip of the finger that pokes, metres ahead and up along the grip's axes. */
const TIP_AHEAD = 0.09;

/** One hand of this frame, in the reference space of the session. Mutable: one instance a hand, written every frame. */
export interface HandInput {
  readonly side: 'left' | 'right';
  /** Seen by the device in this frame. */
  tracked: boolean;
  /** No controller in it. */
  bare: boolean;
  /** As WebXR's grip space. */
  readonly grip: TrackedPoint;
  /** Origin and unit direction. */
  readonly ray: Float64Array;
  /** Tip of the finger that pokes. */
  readonly tip: Point;
  shape: HandShape;
  /** Trigger or pinch is held. */
  selecting: boolean;
  stickX: number;
  /** -1 away from the body. */
  stickY: number;
  /** A or X; B or Y. */
  lower: boolean;
  upper: boolean;
  source: XRInputSource | null;
}

export function createHand(side: 'left' | 'right'): HandInput {
  return {
    side, tracked: false, bare: false, grip: { x: 0, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 }, ray: new Float64Array(6), tip: { x: 0, y: 0, z: 0 },
    shape: 'lost', selecting: false, stickX: 0, stickY: 0, lower: false, upper: false, source: null,
  };
}

function dead(value: number | undefined): number {
  const v = value ?? 0;
  return Math.abs(v) < DEAD_ZONE ? 0 : v;
}

/** Rotates (x, y, z) by a unit quaternion, and adds it to `out`. */
export function addRotated(q: TrackedPoint, x: number, y: number, z: number, out: Point): void { // eslint-disable-line max-params -- an argument object would be an allocation a frame
  const { qx, qy, qz, qw } = q;
  const tx = 2 * (qy * z - qz * y), ty = 2 * (qz * x - qx * z), tz = 2 * (qx * y - qy * x);
  out.x += x + qw * tx + qy * tz - qz * ty;
  out.y += y + qw * ty + qz * tx - qx * tz;
  out.z += z + qw * tz + qx * ty - qy * tx;
}

function takePose(transform: XRRigidTransform, out: TrackedPoint): void {
  const { position, orientation } = transform;
  out.x = position.x;
  out.y = position.y;
  out.z = position.z;
  out.qx = orientation.x;
  out.qy = orientation.y;
  out.qz = orientation.z;
  out.qw = orientation.w;
}

/** Reads the hands of a session, frame by frame. What is allocated in it is what the browser returns for a pose. */
export class HandReader {
  readonly left = createHand('left');
  readonly right = createHand('right');
  private readonly session: XRSession;
  private readonly selecting = new Set<XRInputSource>();
  private readonly scratch: TrackedPoint = { x: 0, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 };

  constructor(session: XRSession) {
    this.session = session;
    session.addEventListener('selectstart', this.onStart);
    session.addEventListener('selectend', this.onEnd);
    session.addEventListener('inputsourceschange', this.onChange);
  }

  /** Reads both hands; a source without a side (a tap on a phone in a viewer, a gaze) counts as the right one. */
  read(frame: XRFrame, space: XRReferenceSpace): void {
    this.left.tracked = this.right.tracked = false;
    this.left.source = this.right.source = null;
    for (const source of this.session.inputSources) {
      const hand = source.handedness === 'left' ? this.left : this.right;
      if (hand.source === null || source.targetRayMode === 'tracked-pointer') this.readOne(hand, source, { frame, space });
    }
    for (const hand of [this.left, this.right]) if (hand.source === null) HandReader.letGo(hand);
  }

  dispose(): void {
    this.session.removeEventListener('selectstart', this.onStart);
    this.session.removeEventListener('selectend', this.onEnd);
    this.session.removeEventListener('inputsourceschange', this.onChange);
  }

  private readonly onStart = (event: XRInputSourceEvent): void => { this.selecting.add(event.inputSource); };
  private readonly onEnd = (event: XRInputSourceEvent): void => { this.selecting.delete(event.inputSource); };
  private readonly onChange = (event: XRInputSourceChangeEvent): void => { for (const gone of event.removed) this.selecting.delete(gone); };

  private static letGo(hand: HandInput): void {
    hand.shape = 'lost';
    hand.selecting = hand.lower = hand.upper = false;
    hand.stickX = hand.stickY = 0;
  }

  private readOne(hand: HandInput, source: XRInputSource, { frame, space }: { frame: XRFrame; space: XRReferenceSpace }): void {
    hand.source = source;
    hand.bare = source.hand !== undefined && source.hand !== null;
    hand.selecting = this.selecting.has(source);
    const aim = frame.getPose(source.targetRaySpace, space);
    if (aim !== undefined && aim !== null) this.takeRay(hand, aim.transform);
    // Null for a gaze and a tap, whatever the types say.
    const held = (source.gripSpace ?? null) === null ? null : frame.getPose(source.gripSpace as XRSpace, space);
    hand.tracked = held !== undefined && held !== null;
    if (held !== undefined && held !== null) takePose(held.transform, hand.grip);
    const { gamepad } = source;
    const buttons = gamepad?.buttons;
    hand.stickX = dead(gamepad?.axes[STICK_X]);
    hand.stickY = dead(gamepad?.axes[STICK_Y]);
    hand.lower = buttons?.[LOWER_BUTTON]?.pressed ?? false;
    hand.upper = (buttons?.[UPPER_BUTTON]?.pressed ?? false) || (buttons?.[STICK_BUTTON]?.pressed ?? false);
    if (source.hand !== undefined && source.hand !== null) HandReader.readFingers(hand, source.hand, { frame, space });
    else HandReader.readGrip(hand, buttons);
  }

  private takeRay(hand: HandInput, transform: XRRigidTransform): void {
    takePose(transform, this.scratch);
    const { ray } = hand;
    const { x, y, z } = this.scratch;
    const ahead = hand.tip;
    ahead.x = ahead.y = ahead.z = 0;
    addRotated(this.scratch, 0, 0, -1, ahead);
    ray[0] = x;
    ray[1] = y;
    ray[2] = z;
    ray[3] = ahead.x;
    ray[4] = ahead.y;
    ray[5] = ahead.z;
  }

  private static readGrip(hand: HandInput, buttons: readonly GamepadButton[] | undefined): void {
    const trigger = (buttons?.[TRIGGER]?.value ?? 0) > 0.3 || (buttons?.[TRIGGER]?.touched ?? false);
    const squeeze = (buttons?.[SQUEEZE]?.value ?? 0) > 0.3;
    hand.shape = !hand.tracked ? 'lost' : squeeze ? (trigger ? 'grip' : 'point') : trigger ? 'grip' : 'open';
    const { grip, ray, tip } = hand;
    tip.x = hand.tracked ? grip.x : (ray[0] ?? 0);
    tip.y = hand.tracked ? grip.y : (ray[1] ?? 0);
    tip.z = hand.tracked ? grip.z : (ray[2] ?? 0);
    // Along the ray, which leaves the front of every controller.
    tip.x += (ray[3] ?? 0) * TIP_AHEAD;
    tip.y += (ray[4] ?? 0) * TIP_AHEAD;
    tip.z += (ray[5] ?? 0) * TIP_AHEAD;
  }

  /** Which fingers are bent tells the shape; the index finger's own tip pokes. */
  private static readFingers(hand: HandInput, joints: XRHand, { frame, space }: { frame: XRFrame; space: XRReferenceSpace }): void {
    const index = HandReader.joint(joints, 'index-finger-tip', { frame, space });
    const middle = HandReader.joint(joints, 'middle-finger-tip', { frame, space });
    const wrist = HandReader.joint(joints, 'wrist', { frame, space });
    if (index === null || wrist === null) {
      hand.shape = hand.tracked ? 'open' : 'lost';
      return;
    }
    hand.tip.x = index.x;
    hand.tip.y = index.y;
    hand.tip.z = index.z;
    const indexBent = Math.hypot(index.x - wrist.x, index.y - wrist.y, index.z - wrist.z) < BENT;
    const middleBent = middle !== null && Math.hypot(middle.x - wrist.x, middle.y - wrist.y, middle.z - wrist.z) < BENT;
    hand.shape = !hand.tracked ? 'lost' : middleBent ? (indexBent ? 'grip' : 'point') : 'open';
  }

  private static joint(joints: XRHand, name: XRHandJoint, { frame, space }: { frame: XRFrame; space: XRReferenceSpace }): DOMPointReadOnly | null {
    const joint = joints.get(name);
    const pose = joint === undefined ? undefined : frame.getJointPose?.(joint, space);
    return pose === undefined || pose === null ? null : pose.transform.position;
  }
}
