/** Files that are being written from what comes in on microphones. */
import { randomInt } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import type { RtpPacket } from '../rtp.ts';
import { OggOpusWriter } from './ogg.ts';
import { Timeline } from './timeline.ts';

/** A disk that does not take this much, some minutes of speech, has gone. */
const MAX_PENDING_BYTES = 4 * 1024 * 1024;

export interface RecordOrder {
  /** What the caller calls it. */
  readonly name: string;
  /** A path where nothing is yet. */
  readonly file: string;
  /** Whose microphone, or null: silence. */
  readonly speaker: string | null;
  /** When the recording began, milliseconds since the epoch: second 0 of the file. */
  readonly startedAt: number;
}

interface Recording {
  readonly stream: WriteStream;
  readonly timeline: Timeline;
  readonly startedAt: number;
  speaker: string | null;
  generation: number;
}

export class Recordings {
  readonly #running = new Map<string, Recording>();
  /** Files that are not closed yet, ended ones among them. */
  readonly #open = new Set<WriteStream>();
  readonly #failed: (name: string, why: string) => void;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(failed: (name: string, why: string) => void, now: () => number = Date.now) {
    this.#failed = failed;
    this.#now = now;
  }

  /** Begins, or goes on with another speaker. */
  record({ name, file, speaker, startedAt }: RecordOrder): void {
    const running = this.#running.get(name) ?? this.#begin(name, file, startedAt);
    if (running.speaker === speaker) return;
    running.speaker = speaker;
    running.timeline.anew();
  }

  /** Hot path. @param generation changes when a microphone's numbering begins anew */
  hear(peer: string, packet: Uint8Array, { payloadStart, payloadEnd, timestamp }: RtpPacket, generation: number): void {
    if (this.#running.size === 0) return;
    for (const recording of this.#running.values()) {
      if (recording.speaker !== peer) continue;
      if (recording.generation !== generation) {
        recording.generation = generation;
        recording.timeline.anew();
      }
      recording.timeline.voice(packet.subarray(payloadStart, payloadEnd), timestamp, this.#now() - recording.startedAt);
    }
  }

  /** Call some times a second: what came in since the last call is lost if the process is killed. */
  tick(): void {
    for (const [name, { timeline, startedAt, stream }] of this.#running) {
      timeline.advance(this.#now() - startedAt);
      if (stream.writableLength > MAX_PENDING_BYTES) stream.destroy(new Error(`the disk does not take ${name}`));
    }
  }

  end(name: string): void {
    const recording = this.#running.get(name);
    if (recording === undefined) return;
    this.#running.delete(name);
    recording.timeline.end(this.#now() - recording.startedAt);
    recording.stream.end();
  }

  /** Ends them all. @returns when they are closed; those that cannot be written are given up */
  async endAll(): Promise<void> {
    for (const name of [...this.#running.keys()]) this.end(name);
    await Promise.allSettled(Array.from(this.#open, (stream) => finished(stream)));
  }

  #begin(name: string, file: string, startedAt: number): Recording {
    const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    const writer = new OggOpusWriter((page) => { stream.write(page); }, randomInt(1, 0xffffffff), [`TITLE=${basename(file)}`, `DATE=${new Date(startedAt).toISOString()}`]);
    const recording: Recording = { stream, timeline: new Timeline(writer), startedAt, speaker: null, generation: 0 };
    this.#open.add(stream);
    stream.on('close', () => this.#open.delete(stream));
    stream.on('error', (error) => {
      if (this.#running.get(name) === recording) this.#running.delete(name);
      this.#failed(name, error.message);
    });
    this.#running.set(name, recording);
    // What has been before it is silence.
    recording.timeline.advance(this.#now() - startedAt);
    return recording;
  }
}
