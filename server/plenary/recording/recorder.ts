/**
 * The recording of a session: one file for the floor, and one for each language that carries anything. It follows from the session's state and from who is on air alone: what listeners
 * cannot hear is not recorded either.
 */
import type { Channel } from '../../../shared/protocol/plenary/vocabulary.ts';
import type { Meeting } from '../../../shared/protocol/plenary/state.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Log } from '../../rooms/services.ts';
import type { RecordingShelf } from './shelf.ts';

/** The disk is looked at so often. */
const ROOM_MS = 10_000;

export interface OnAir {
  /** Whose microphone is the floor's, or null. */
  readonly floor: string | null;
  readonly voices: ReadonlyMap<Language, string>;
}

export interface RecorderDeps {
  readonly relay: Relay;
  readonly session: string;
  readonly shelf: Pick<RecordingShelf, 'hasRoom' | 'place'>;
  readonly meeting: () => Meeting;
  readonly onAir: () => OnAir;
  /** The name of somebody's connection at the relay. */
  readonly peerOf: (person: string) => string;
  /** It cannot go on: nothing is being written any more. */
  readonly failed: (start: number) => void;
  readonly log: Log;
}

interface Running {
  readonly start: number;
  /** Null while the folder is being made. */
  place: { readonly part: number; fileOf(channel: string): string } | null;
  /** Whose voice goes into the file of a channel. */
  readonly channels: Map<Channel, string | null>;
}

export class Recorder {
  private readonly deps: RecorderDeps;
  private readonly stopListening: readonly (() => void)[];
  private running: Running | null = null;
  private failedStart: number | null = null;
  private roomAt = 0;

  constructor(deps: RecorderDeps) {
    this.deps = deps;
    const { relay } = deps;
    this.stopListening = [
      // Its files ended with it: they go on in a second part.
      relay.on('restarted', () => { this.running = null; this.apply(); }),
      relay.on('recordFailed', (name) => { if (this.running !== null && name.startsWith(this.prefixOf(this.running))) this.fail(name); }),
    ];
  }

  /** Call whenever the state or who is on air has changed, before anybody is told. */
  apply(): void {
    const start = this.wanted();
    if (this.running !== null && this.running.start !== start) this.end();
    if (start === null || start === this.failedStart) return;
    if (this.running === null) this.begin(start);
    else this.follow(this.running);
  }

  /** Once a second. @param now milliseconds since the epoch */
  tick(now: number): void {
    if (this.running === null || now - this.roomAt < ROOM_MS) return;
    this.roomAt = now;
    this.deps.shelf.hasRoom().then((room) => { if (!room) this.fail('the disk is full'); }, (error: unknown) => { this.fail(error); });
  }

  stop(): void {
    for (const unsubscribe of this.stopListening) unsubscribe();
    this.end();
  }

  private wanted(): number | null {
    const { recordingSince, closed, status } = this.deps.meeting();
    return closed || status === 'closed' ? null : recordingSince;
  }

  private begin(start: number): void {
    const running: Running = { start, place: null, channels: new Map() };
    this.running = running;
    this.prepare(running).catch((error: unknown) => { if (this.running === running) this.fail(error); });
  }

  private async prepare(running: Running): Promise<void> {
    const { shelf, session } = this.deps;
    if (!await shelf.hasRoom()) throw new Error('the disk is full');
    const place = await shelf.place(session, running.start);
    if (this.running !== running) return;
    running.place = place;
    this.record(running, 'floor', null);
    this.follow(running);
  }

  private follow(running: Running): void {
    if (running.place === null) return;
    const { floor, voices } = this.deps.onAir();
    const speakers = new Map<Channel, string>([...voices, ...(floor === null ? [] : [['floor', floor] as const])]);
    // Taking away comes before giving.
    for (const [channel, speaker] of running.channels) if (speaker !== null && !speakers.has(channel)) this.record(running, channel, null);
    for (const [channel, speaker] of speakers) if (running.channels.get(channel) !== speaker) this.record(running, channel, speaker);
  }

  private record(running: Running, channel: Channel, person: string | null): void {
    const { relay, peerOf } = this.deps;
    if (running.place === null) return;
    running.channels.set(channel, person);
    relay.record({ name: this.prefixOf(running) + channel, file: running.place.fileOf(channel), speaker: person === null ? null : peerOf(person), startedAt: running.start });
  }

  private end(): void {
    const { running } = this;
    this.running = null;
    if (running === null) return;
    for (const channel of running.channels.keys()) this.deps.relay.endRecord(this.prefixOf(running) + channel);
  }

  private fail(cause: unknown): void {
    const { running } = this;
    if (running === null) return;
    this.failedStart = running.start;
    this.end();
    this.deps.log.error({ err: cause, session: this.deps.session }, 'a recording cannot go on');
    this.deps.failed(running.start);
  }

  private prefixOf({ start, place }: Running): string {
    return `${this.deps.session} ${start} ${place?.part ?? 0} `;
  }
}
