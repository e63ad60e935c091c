/**
 * Tones as a browser would send them, and what is heard of them in a recording. `tones/*.ogg` are sines of one second, made by
 * `ffmpeg -f lavfi -i sine=frequency=400:duration=1:sample_rate=48000 -ac 1 -c:a libopus -b:a 16k -application voip -frame_duration 20 400.ogg`.
 */
import { readFileSync } from 'node:fs';
import { OggOpusDecoder } from 'ogg-opus-decoder';
import { LEVEL_EXTENSION_ID, OPUS_PAYLOAD_TYPE } from './media-peer.ts';

export const TONES = [400, 1000, 1600] as const;
export type Tone = (typeof TONES)[number];
export const RATE = 48_000;
/** Of a packet, at 48 kHz. */
export const PACKET_SAMPLES = 960;

/** The packets of a file whose packets are all shorter than a page; without its two heads. */
function packetsOf(file: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  let at = 0;
  while (at < file.length) {
    const segments = file[at + 26] ?? 0;
    let body = at + 27 + segments;
    let length = 0;
    for (const lacing of file.subarray(at + 27, at + 27 + segments)) {
      length += lacing;
      if (lacing === 255) continue;
      packets.push(file.slice(body, body + length));
      body += length;
      length = 0;
    }
    at = body;
  }
  return packets.slice(2);
}

/** Packets of 20 ms that sound when they are repeated; the first ones, in which the encoder begins, left out. */
export function tonePackets(tone: Tone): readonly Uint8Array[] {
  return packetsOf(readFileSync(new URL(`tones/${tone}.ogg`, import.meta.url))).slice(5, 45);
}

/** An RTP packet with a payload of Opus, its level in the extension. */
export function rtpPacket(payload: Uint8Array, { ssrc, sequence, timestamp }: { readonly ssrc: number; readonly sequence: number; readonly timestamp: number }): Buffer {
  const head = Buffer.alloc(20);
  head[0] = 0x90;
  head[1] = OPUS_PAYLOAD_TYPE;
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(timestamp >>> 0, 4);
  head.writeUInt32BE(ssrc, 8);
  head.writeUInt32BE(0xbede0001, 12);
  head[16] = LEVEL_EXTENSION_ID << 4;
  head[17] = 20;
  return Buffer.concat([head, payload]);
}

/** Decoded by a library that shares nothing with the writer. */
export async function decodeOgg(file: Uint8Array): Promise<Float32Array> {
  const decoder = new OggOpusDecoder({ forceStereo: false });
  await decoder.ready;
  const { channelData: [samples], errors } = await decoder.decodeFile(file);
  decoder.free();
  if (errors.length > 0) throw new Error(`the file is not sound: ${errors.map(({ message }) => message).join(', ')}`);
  return samples ?? new Float32Array();
}

/** Amplitude of a frequency in a part of a signal (Goertzel). */
function amplitude(samples: Float32Array, tone: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * tone) / RATE);
  let [one, two] = [0, 0];
  for (const sample of samples) {
    // Not as a pair, which is ten times as slow.
    const next = sample + coefficient * one - two;
    two = one;
    one = next;
  }
  return (2 * Math.sqrt(Math.max(0, one * one + two * two - coefficient * one * two))) / samples.length;
}

const HEARD = 0.02;

/** Which tones sound in each tenth of a second: "400", "400+1000", or empty for silence. */
export function tonesByTenth(samples: Float32Array): readonly string[] {
  const step = RATE / 10;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, index) => {
    const part = samples.subarray(index * step, (index + 1) * step);
    return TONES.filter((tone) => amplitude(part, tone) > HEARD).join('+');
  });
}
