/**
 * A sealed voice frame. In place of the Opus packet (RFC 6716) stands
 *
 *     magic 4 | key id 4 | counter 4 | AES-128-GCM( Opus packet, padded ) | tag 16
 *
 * big endian; the first twelve bytes are the additional data. The relay writes RTP headers anew but never looks into payloads, and neither do
 * packetisers of audio, so the frame passes as it is. IV: key id, four zero bytes, counter. A key seals each counter once.
 *
 * Padded (a byte 0x80, then zeros, ISO/IEC 7816-4) to a multiple of 64 bytes: at a variable bit rate the length of packets tells what is said
 * (Wright et al., "Spot me if you can", 2008).
 */
import type { Bytes } from './bytes.ts';
import { ReplayWindow } from './replay-window.ts';

/** As Opus it says sixteen frames of 20 ms, more than a packet may hold: a decoder that gets it by mistake refuses it, and plays no noise. */
const MAGIC = 0xff504c53;
const HEADER_BYTES = 12;
const TAG_BYTES = 16;
const PAD_BLOCK = 64;
const PAD_MARK = 0x80;
/** Counters are 32 bits: 2.7 years of voice. */
export const MAX_COUNTER = 0xffffffff;

/** 20 ms of digital silence in Opus: what is played in place of a frame that may not be heard. */
export const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);

export type Plain = ArrayBuffer | Bytes;

function view(data: Plain): Bytes {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function iv(keyId: number, counter: number): Bytes {
  const bytes = new Uint8Array(12);
  const fields = new DataView(bytes.buffer);
  fields.setUint32(0, keyId);
  fields.setUint32(8, counter);
  return bytes;
}

function pad(plain: Bytes): Bytes {
  const padded = new Uint8Array(Math.ceil((plain.length + 1) / PAD_BLOCK) * PAD_BLOCK);
  padded.set(plain);
  padded[plain.length] = PAD_MARK;
  return padded;
}

/** @returns null if there is no mark: not something that `pad` made */
function unpad(padded: Bytes): Bytes | null {
  const mark = padded.lastIndexOf(PAD_MARK);
  if (mark < 0) return null;
  for (let at = mark + 1; at < padded.length; at += 1) if (padded[at] !== 0) return null;
  return padded.slice(0, mark);
}

/** Whether a frame says of itself that it is sealed. */
export function isSealed(frame: Plain): boolean {
  const bytes = view(frame);
  return bytes.length >= HEADER_BYTES && bytes[0] === 0xff && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === MAGIC;
}

/** Seals one person's frames under one key. */
export class FrameSealer {
  readonly keyId: number;
  private readonly key: CryptoKey;
  private counter: number;

  /** @param from first counter; only tests begin elsewhere than at 0 */
  constructor(keyId: number, key: CryptoKey, from = 0) {
    this.keyId = keyId;
    this.key = key;
    this.counter = from;
  }

  /** No counter is left: a new key is needed, and nothing goes out under this one. */
  get isSpent(): boolean {
    return this.counter > MAX_COUNTER;
  }

  /** @throws RangeError when the key is spent */
  async seal(frame: Plain): Promise<ArrayBuffer> {
    if (this.isSpent) throw new RangeError('the key has sealed as many frames as it may');
    const { counter } = this;
    this.counter += 1;
    const header = new Uint8Array(HEADER_BYTES);
    const fields = new DataView(header.buffer);
    fields.setUint32(0, MAGIC);
    fields.setUint32(4, this.keyId);
    fields.setUint32(8, counter);
    const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: iv(this.keyId, counter), additionalData: header }, this.key, pad(view(frame)));
    const sealed = new Uint8Array(HEADER_BYTES + box.byteLength);
    sealed.set(header);
    sealed.set(new Uint8Array(box), HEADER_BYTES);
    return sealed.buffer;
  }
}

export type Refusal = 'plain' | 'unknownKey' | 'replayed' | 'forged';
export type Opened = { readonly frame: Bytes } | { readonly refused: Refusal };

interface Known {
  readonly key: CryptoKey;
  readonly window: ReplayWindow;
}

/** Opens the frames of all whose keys are known. */
export class FrameOpener {
  private readonly keys = new Map<number, Known>();

  add(keyId: number, key: CryptoKey): void {
    // A second time would forget which frames were seen.
    if (!this.keys.has(keyId)) this.keys.set(keyId, { key, window: new ReplayWindow() });
  }

  drop(keyId: number): void {
    this.keys.delete(keyId);
  }

  /** Never throws: what cannot be opened is refused with a reason. */
  async open(data: Plain): Promise<Opened> {
    const bytes = view(data);
    if (!isSealed(bytes)) return { refused: 'plain' };
    const fields = new DataView(bytes.buffer, bytes.byteOffset);
    const keyId = fields.getUint32(4);
    const counter = fields.getUint32(8);
    const known = this.keys.get(keyId);
    if (known === undefined) return { refused: 'unknownKey' };
    if (!known.window.accepts(counter)) return { refused: 'replayed' };
    if (bytes.length < HEADER_BYTES + TAG_BYTES) return { refused: 'forged' };
    const parameters = { name: 'AES-GCM', iv: iv(keyId, counter), additionalData: bytes.subarray(0, HEADER_BYTES) };
    const padded = await crypto.subtle.decrypt(parameters, known.key, bytes.subarray(HEADER_BYTES)).then((box) => new Uint8Array(box), () => null);
    const frame = padded === null ? null : unpad(padded);
    if (frame === null) return { refused: 'forged' };
    // Asked again: another slot may have brought the same frame while this one was being opened.
    if (!known.window.accepts(counter)) return { refused: 'replayed' };
    known.window.take(counter);
    return { frame };
  }
}

/** @param raw 16 bytes */
export function frameKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
