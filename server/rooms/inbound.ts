import { unpack } from 'msgpackr';
import type { ClientMessageName } from '../../shared/protocol/messages.ts';
import { BYTES } from '../../shared/protocol/version.ts';

/** Colyseus frame types that carry application messages (`@colyseus/shared-types` `Protocol`). */
const ROOM_DATA = 13;
const ROOM_DATA_BYTES = 17;

/** MessagePack: a string of up to 31 bytes has its length in the type byte. All our message names are that short. */
const FIXSTR = 0xa0;
const FIXSTR_MASK = 0xe0;

/** What a frame from a client says it is. Everything else about it is still to be checked. */
export type FrameKind = ClientMessageName | 'walk' | 'body' | 'unknown';

/** Length of the name in front of a message, or -1 if there is none that could be one of ours. */
function nameLength(frame: Uint8Array): number {
  const head = frame[1];
  if (frame[0] !== ROOM_DATA || head === undefined || (head & FIXSTR_MASK) !== FIXSTR) return -1;
  const length = head & ~FIXSTR_MASK;
  return frame.length >= 2 + length ? length : -1;
}

/** Reads which of a room's messages a frame says it is, without decoding the rest of it. */
export function messageName<K extends string>(frame: Uint8Array, names: Readonly<Record<K, unknown>>): K | 'unknown' {
  const length = nameLength(frame);
  if (length < 0) return 'unknown';
  const name = String.fromCharCode(...frame.subarray(2, 2 + length));
  return Object.hasOwn(names, name) ? (name as K) : 'unknown';
}

/** The kind of a frame to the venue's room. */
export function frameKind(frame: Uint8Array, names: Readonly<Record<ClientMessageName, unknown>>): FrameKind {
  if (frame[0] === ROOM_DATA_BYTES) return frame[1] === BYTES.walk ? 'walk' : frame[1] === BYTES.body ? 'body' : 'unknown';
  return messageName(frame, names);
}

/** What a walk step or a body carries. */
export function carriedBytes(frame: Uint8Array): Uint8Array {
  return frame.subarray(2);
}

/** Decodes the body of a message of a known kind; `undefined` for an empty one. @throws whatever msgpackr throws at bytes that are no MessagePack. */
export function messageBody(frame: Uint8Array): unknown {
  const start = 2 + nameLength(frame);
  return frame.length > start ? unpack(frame.subarray(start)) : undefined;
}
