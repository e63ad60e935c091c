/** A process full of people who walk: the load of `npm run bench:presence`. Started by it; talks over IPC. */
import { BODY_BYTES, emptyBody, encodeBody } from '../../../shared/protocol/body.ts';
import { EXTENDED, POSE_HEADER_BYTES, POSE_RECORD_BYTES, WALK_BYTES, emptyWalk, encodeWalk } from '../../../shared/protocol/pose.ts';
import type { ServerMessages } from '../../../shared/protocol/messages.ts';
import { BYTES, PROTOCOL_VERSION, TICK_MS, VENUE_ROOM } from '../../../shared/protocol/version.ts';
import { hallGround, Wanderer } from './hall.ts';
import { pause } from './measure.ts';
import type { ClientsCommand, ClientsReport } from './presence-protocol.ts';
import { objectMessage, RawClient } from './raw-client.ts';

const ROOM_DATA_BYTES = 17;
/** Joins under way at once. */
const TOGETHER = 8;
/** One client in so many reads its frames, to count the bodies in them. */
const WATCHED = 10;

interface Walker {
  readonly client: RawClient;
  readonly wanderer: Wanderer;
  readonly frame: Uint8Array;
  /** Head and hands of those in a headset. */
  readonly body: Uint8Array | null;
  seq: number;
  corrections: number;
}

const ground = await hallGround();
const walkers: Walker[] = [];
const listeners: RawClient[] = [];
const pose = emptyBody();
let bodies = 0;
let watched = 0;

function report(message: ClientsReport): void {
  process.send?.(message);
}

function walk(walker: Walker, seconds: number): void {
  const { wanderer, frame } = walker;
  wanderer.step(seconds);
  walker.seq = (walker.seq + 1) & 0xffff;
  const step = { ...emptyWalk(), seq: walker.seq, x: wanderer.at.x, y: wanderer.at.y, z: wanderer.at.z, yaw: wanderer.yaw, moving: true };
  encodeWalk(step, new DataView(frame.buffer, 2, WALK_BYTES));
  walker.client.send(frame);
  if (walker.body !== null) gesture(walker, walker.body);
}

/** Head and hands that never rest. */
function gesture({ client, seq }: Walker, frame: Uint8Array): void {
  const phase = seq / 5;
  Object.assign(pose.head, { x: 0.05 * Math.sin(phase), y: 1.6, z: 0.02 });
  Object.assign(pose.left, { x: 0.3, y: 1.2 + 0.2 * Math.sin(phase), z: 0.3, shape: 'open' });
  Object.assign(pose.right, { x: -0.3, y: 1.2 + 0.2 * Math.cos(phase), z: 0.3, shape: 'grip' });
  encodeBody(pose, new DataView(frame.buffer, 2, BODY_BYTES), 0);
  client.send(frame);
}

/** Counts the bodies of a pose frame. */
function watch(payload: Buffer): void {
  if (payload[0] !== ROOM_DATA_BYTES || payload[1] !== BYTES.poses) return;
  for (let at = 2 + POSE_HEADER_BYTES; at + POSE_RECORD_BYTES <= payload.length; at += POSE_RECORD_BYTES) {
    if ((payload.readUInt16LE(at + 6) & EXTENDED) === 0) continue;
    bodies += 1;
    at += BODY_BYTES;
  }
}

function byteFrame(kind: number, bytes: number): Uint8Array {
  const frame = new Uint8Array(2 + bytes);
  frame.set([ROOM_DATA_BYTES, kind]);
  return frame;
}

async function join(port: number, number: number, headset: boolean): Promise<void> {
  const watches = number % WATCHED === 0;
  if (watches) watched += 1;
  let welcome: ServerMessages['welcome'] | null = null;
  const client = await RawClient.join({
    port, room: VENUE_ROOM, token: `token-person-${number}`,
    options: { protocol: PROTOCOL_VERSION, appearance: null, tab: `tab-of-person-${String(number).padStart(6, '0')}`, takeOver: false, slots: 8 },
    onMessage: (payload) => {
      const message = objectMessage(payload);
      if (message?.name === 'welcome') welcome = message.body as ServerMessages['welcome'];
      if (watches) watch(payload);
      return welcome !== null && !watches;
    },
  });
  while (welcome === null) await pause(10);
  const wanderer = new Wanderer(ground, (welcome as ServerMessages['welcome']).placement, number);
  walkers.push({ client, wanderer, frame: byteFrame(BYTES.walk, WALK_BYTES), body: headset ? byteFrame(BYTES.body, BODY_BYTES) : null, seq: 0, corrections: 0 });
}

async function joinAll({ port, first, count, headsets }: Extract<ClientsCommand, { type: 'walk' }>): Promise<void> {
  for (let done = 0; done < count; done += TOGETHER) {
    await Promise.all(Array.from({ length: Math.min(TOGETHER, count - done) }, (_, i) => join(port, first + done + i, first + done + i < headsets)));
  }
  report({ type: 'joined' });
}

async function listen({ port, room, count }: Extract<ClientsCommand, { type: 'listen' }>): Promise<void> {
  for (let i = 0; i < count; i += 1) listeners.push(await RawClient.join({ port, room, token: '', options: {}, onMessage: () => true }));
  report({ type: 'joined' });
}

process.on('message', (command: ClientsCommand) => {
  if (command.type === 'walk') void joinAll(command);
  else if (command.type === 'listen') void listen(command);
  else {
    const received = [...walkers.map(({ client }) => client), ...listeners].map((client) => client.received);
    report({ type: 'received', bytes: received.reduce((sum, bytes) => sum + bytes, 0), clients: received.length, bodies, watched });
  }
});

// A sixth of the people at a time, so that the load comes evenly and not in one lump a tick.
const SHARES = 6;
let turn = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  while (now - last >= TICK_MS / SHARES) {
    last += TICK_MS / SHARES;
    turn = (turn + 1) % SHARES;
    for (let i = turn; i < walkers.length; i += SHARES) walk(walkers[i] as Walker, TICK_MS / 1000);
  }
}, 2);
report({ type: 'ready' });
