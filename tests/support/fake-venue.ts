/** A venue without Colyseus and without time: clients are objects that keep what they are sent, the clock stands until it is moved. */
import { Packr } from 'msgpackr';
import { BODY_BYTES, decodeSentBody, emptyBody, encodeBody } from '../../shared/protocol/body.ts';
import type { Body } from '../../shared/protocol/body.ts';
import type { ClientMessage, ClientMessageName, ServerMessageName, ServerMessages } from '../../shared/protocol/messages.ts';
import type { PoseRecord } from '../../shared/protocol/pose.ts';
import { POSE_HEADER_BYTES, POSE_RECORD_BYTES, WALK_BYTES, decodePose, emptyPose, emptyWalk, encodeWalk, poseCount } from '../../shared/protocol/pose.ts';
import type { WalkStep } from '../../shared/protocol/pose.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { JoinOptions } from '../../shared/protocol/session.ts';
import { BYTES, PROTOCOL_VERSION, TICK_MS } from '../../shared/protocol/version.ts';
import type { Person, Presence } from '../../server/rooms/person.ts';
import type { Connection, Encode } from '../../server/rooms/services.ts';
import { Venue } from '../../server/rooms/venue.ts';
import { roomServices, testIdentity } from './venue.ts';
import type { RoomServices } from './venue.ts';

const ROOM_DATA = 13;
const ROOM_DATA_BYTES = 17;
const PREFIX = Uint8Array.of(ROOM_DATA_BYTES, BYTES.poses);
const packr = new Packr({ useRecords: false });

/** A record of a frame, with the body that follows it. */
export interface SeenPose extends PoseRecord {
  readonly body: Body | null;
}

/** All records of a frame. @throws if it is torn, or holds a body that is none */
export function readRecords(frame: DataView): SeenPose[] {
  let offset = POSE_HEADER_BYTES;
  const count = poseCount(frame);
  if (count < 0) throw new Error('a torn pose frame');
  return Array.from({ length: count }, () => {
    const pose = emptyPose();
    decodePose(frame, offset, pose);
    offset += POSE_RECORD_BYTES;
    if (!pose.extended) return { ...pose, body: null };
    const body = emptyBody();
    if (decodeSentBody(frame, offset, body) < 0) throw new Error('a body that is none');
    offset += BODY_BYTES;
    return { ...pose, body };
  });
}

export type Sent = { readonly [K in ServerMessageName]: { readonly name: K; readonly message: ServerMessages[K] } }[ServerMessageName];

const encode: Encode = (name, message) => new TextEncoder().encode(JSON.stringify({ name, message }));

/** The near end of a line: keeps all that the venue sends. */
export class FakeLine implements Connection {
  readonly sent: Sent[] = [];
  /** One entry a frame: its tick and records. */
  readonly frames: { readonly tick: number; readonly records: SeenPose[] }[] = [];
  busy = false;
  /** What `sendFrame` answers: whether the transport has let go of the bytes. */
  takes = true;
  readonly kept: Uint8Array[] = [];
  closed: { readonly code: number; readonly reason: Reason } | null = null;
  /** Told of every frame, without what the transport wants in front of it. */
  onFrame: (frame: Uint8Array) => void = () => undefined;

  send<K extends ServerMessageName>(name: K, message: ServerMessages[K]): void {
    this.sendEncoded(encode(name, message));
  }

  sendEncoded(bytes: Uint8Array): void {
    this.sent.push(JSON.parse(new TextDecoder().decode(bytes)) as Sent);
  }

  sendFrame(bytes: Uint8Array): boolean {
    const body = bytes.slice(PREFIX.length);
    const view = new DataView(body.buffer);
    this.onFrame(body);
    this.frames.push({ tick: view.getUint16(0, true), records: readRecords(view) });
    if (!this.takes) this.kept.push(bytes);
    return this.takes;
  }

  close(code: number, reason: Reason): void {
    this.closed = { code, reason };
  }

  /** All messages of a name, oldest first. */
  of<K extends ServerMessageName>(name: K): ServerMessages[K][] {
    return this.sent.filter((entry) => entry.name === name).map((entry) => entry.message as ServerMessages[K]);
  }

  last<K extends ServerMessageName>(name: K): ServerMessages[K] {
    const message = this.of(name).at(-1);
    if (message === undefined) throw new Error(`no ${name} was sent`);
    return message;
  }

  /** How often each person index occurs in all frames so far. */
  tally(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const { records } of this.frames) for (const { index } of records) counts.set(index, (counts.get(index) ?? 0) + 1);
    return counts;
  }

  /** Forgets all that was sent so far. */
  clear(): void {
    this.sent.length = 0;
    this.frames.length = 0;
  }
}

export interface Guest {
  readonly person: Person;
  readonly presence: Presence;
  readonly line: FakeLine;
}

export function joinOptions(changes: Partial<JoinOptions> = {}): JoinOptions {
  return { protocol: PROTOCOL_VERSION, appearance: null, tab: 'tab-0123456789abcdef', takeOver: false, slots: 8, ...changes };
}

/** The bytes of a client message, as the SDK sends it. */
export function messageFrame(name: string, body: unknown): Uint8Array {
  const head = new TextEncoder().encode(name);
  return Buffer.concat([Uint8Array.of(ROOM_DATA, 0xa0 | head.length), head, body === undefined ? new Uint8Array(0) : packr.pack(body)]);
}

export function walkFrame(step: Partial<WalkStep>): Uint8Array {
  const frame = new Uint8Array(2 + WALK_BYTES);
  frame.set([ROOM_DATA_BYTES, BYTES.walk]);
  encodeWalk({ ...emptyWalk(), ...step }, new DataView(frame.buffer, 2));
  return frame;
}

/** Head and hands as a client sends them; null: the headset is off. */
export function bodyFrame(body: Body | null): Uint8Array {
  const frame = new Uint8Array(2 + (body === null ? 0 : BODY_BYTES));
  frame.set([ROOM_DATA_BYTES, BYTES.body]);
  if (body !== null) encodeBody(body, new DataView(frame.buffer), 2);
  return frame;
}

export class FakeVenue {
  readonly services: RoomServices;
  readonly venue: Venue;
  /** Milliseconds. */
  now = 1000;

  private constructor(services: RoomServices, venue: (clock: () => number) => Venue) {
    this.services = services;
    this.venue = venue(() => this.now);
  }

  static open(services: RoomServices = roomServices()): Promise<FakeVenue> {
    return Promise.resolve(new FakeVenue(services, (clock) => new Venue({ services, encode, framePrefix: PREFIX, clock })));
  }

  async join(id: string, changes: Partial<JoinOptions> = {}): Promise<Guest> {
    const line = new FakeLine();
    const presence = await this.venue.join(testIdentity(id), joinOptions(changes), line);
    return { person: presence.person, presence, line };
  }

  /** Moves the clock on by whole ticks. */
  tick(times = 1): void {
    for (let i = 0; i < times; i += 1) {
      this.now += TICK_MS;
      this.venue.tick();
    }
  }

  send<K extends ClientMessageName>(guest: Guest, name: K, message: ClientMessage<K>): void {
    this.venue.door.receive(guest.presence, messageFrame(name, message));
  }

  walk(guest: Guest, step: Partial<WalkStep>): void {
    this.venue.door.receive(guest.presence, walkFrame(step));
  }

  wear(guest: Guest, body: Body | null): void {
    this.venue.door.receive(guest.presence, bodyFrame(body));
  }

  /** The client of `guest` has loaded the scene that it was last told of. */
  arrive(guest: Guest): void {
    const { scene } = guest.line.last('scene');
    this.send(guest, 'arrived', { scene: scene.id, revision: scene.revision });
  }

  /** Puts somebody anywhere, as no client can. */
  put(guest: Guest, x: number, z: number, yaw = 0): void {
    Object.assign(guest.person.footing, { x, y: 0, z });
    guest.person.yaw = yaw;
    guest.person.poseDirty = true;
  }
}

/** Long enough that everybody's first pose is sent and every ranking is renewed, ticks. */
const SETTLED = 25;

/** `count` people in a row, a quarter of a metre apart, who have been told of each other. */
export async function row(fake: FakeVenue, count: number): Promise<Guest[]> {
  const guests: Guest[] = [];
  for (let i = 0; i < count; i += 1) {
    const guest = await fake.join(`p${i}`);
    fake.put(guest, i * 0.25, 0);
    guests.push(guest);
  }
  fake.tick(SETTLED);
  for (const { line } of guests) line.clear();
  return guests;
}
