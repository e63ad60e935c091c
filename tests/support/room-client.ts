/** A client of the venue room by the real SDK, as the browser uses it, that keeps what it is sent. */
import { ColyseusSDK } from '@colyseus/sdk';
import type { Room } from '@colyseus/sdk';
import { BODY_BYTES, encodeBody } from '../../shared/protocol/body.ts';
import type { Body } from '../../shared/protocol/body.ts';
import type { ClientMessage, ClientMessageName, ServerMessageName, ServerMessages } from '../../shared/protocol/messages.ts';
import { WALK_BYTES, emptyWalk, encodeWalk } from '../../shared/protocol/pose.ts';
import type { WalkStep } from '../../shared/protocol/pose.ts';
import type { JoinOptions } from '../../shared/protocol/session.ts';
import { BYTES, VENUE_ROOM } from '../../shared/protocol/version.ts';
import { joinOptions, readRecords } from './fake-venue.ts';
import type { SeenPose } from './fake-venue.ts';

const NAMES: readonly ServerMessageName[] = ['welcome', 'people', 'peopleChanged', 'placed', 'scene', 'scenes', 'refused', 'chat', 'mediaAnswer', 'mediaReset', 'slots', 'hearers', 'notice', 'pong'];

export class RoomClient {
  readonly room: Room;
  /** The latest pose of everybody told of, by index. */
  readonly poses = new Map<number, SeenPose>();
  /** Told of every pose frame. */
  onFrame: (frame: Uint8Array) => void = () => undefined;
  /** Close code of the connection, once it has ended. */
  closed: number | null = null;
  private readonly messages = new Map<ServerMessageName, unknown[]>();
  private seq = 0;

  private constructor(room: Room) {
    this.room = room;
    room.reconnection.enabled = false;
    for (const name of NAMES) room.onMessage(name, (message: unknown) => this.all(name).push(message as never));
    room.onMessage(BYTES.poses, (bytes: Uint8Array) => this.look(bytes));
    room.onLeave((code) => {
      this.closed = code;
    });
    room.onError(() => undefined);
  }

  /** Joins with the token of {@link MemoryStore}: `token-<id>`. Rejects with the SDK's error, whose message is the reason. */
  static async join(port: number, id: string, changes: Partial<JoinOptions> & { token?: string } = {}): Promise<RoomClient> {
    const { token = `token-${id}`, ...options } = changes;
    const sdk = new ColyseusSDK(`ws://127.0.0.1:${port}`);
    sdk.http.authToken = token;
    return new RoomClient(await sdk.joinOrCreate(VENUE_ROOM, joinOptions({ tab: `tab-of-${id}-0123456789`, ...options })));
  }

  all<K extends ServerMessageName>(name: K): ServerMessages[K][] {
    const list = this.messages.get(name) ?? [];
    this.messages.set(name, list);
    return list as ServerMessages[K][];
  }

  last<K extends ServerMessageName>(name: K): ServerMessages[K] | undefined {
    return this.all(name).at(-1);
  }

  /** Ids of all whom this client has been told of and who have not left. */
  people(): string[] {
    const known = new Set(this.last('people')?.people.map(({ id }) => id));
    for (const { changed, left } of this.all('peopleChanged')) {
      for (const id of left) known.delete(id);
      for (const { id } of changed) known.add(id);
    }
    return [...known].sort();
  }

  send<K extends ClientMessageName>(name: K, message: ClientMessage<K>): void {
    this.room.send(name, message);
  }

  walk(step: Partial<WalkStep>): void {
    const bytes = new Uint8Array(WALK_BYTES);
    this.seq = (this.seq + 1) & 0xffff;
    encodeWalk({ ...emptyWalk(), seq: this.seq, ...step }, new DataView(bytes.buffer));
    this.room.sendBytes(BYTES.walk, bytes);
  }

  /** Head and hands; null: the headset is off. */
  wear(body: Body | null): void {
    const bytes = new Uint8Array(body === null ? 0 : BODY_BYTES);
    if (body !== null) encodeBody(body, new DataView(bytes.buffer), 0);
    this.room.sendBytes(BYTES.body, bytes);
  }

  /** Sends a frame past everything that the SDK checks. */
  raw(bytes: Uint8Array): void {
    if (this.room.connection.isOpen) this.room.connection.send(bytes);
  }

  /** Ends the socket without a word, as a network does. */
  cut(): void {
    const socket = (this.room.connection.transport as unknown as { ws: { terminate?(): void; close(): void } }).ws;
    if (socket.terminate === undefined) socket.close();
    else socket.terminate();
  }

  async leave(): Promise<void> {
    if (this.closed === null) await this.room.leave(true);
  }

  private look(bytes: Uint8Array): void {
    this.onFrame(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const pose of readRecords(view)) this.poses.set(pose.index, pose);
  }
}
