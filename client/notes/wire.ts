import { PARCEL_MAX_LENGTH } from '../../shared/protocol/vocabulary.ts';

/**
 * What members' pads tell each other. `hello`: I am here and have nothing. `have`: what I have (digest and state vector). `ask`: send me what I lack, here is my state vector.
 * `answer`: what you lacked. `update`: what I have just written.
 */
export const KINDS = ['hello', 'have', 'ask', 'answer', 'update'] as const;
export type Kind = (typeof KINDS)[number];

export interface Note {
  readonly kind: Kind;
  readonly body: Uint8Array;
}

/** Of which kind of message this is a part. */
export function kindOf(part: Uint8Array): Kind | undefined {
  return KINDS[part[0] ?? -1];
}

/** Base64 makes four characters of three bytes. */
const PARCEL_BYTES = Math.floor(PARCEL_MAX_LENGTH / 4) * 3;
/** Kind, number of the message (two bytes, the sender's own count), place of this part, how many parts. */
const HEADER_BYTES = 5;
const PART_BYTES = PARCEL_BYTES - HEADER_BYTES;
/** The largest message: a full pad of Chinese is 300 KB, with what its history adds less than twice that. */
export const MESSAGE_MAX_BYTES = 60 * PART_BYTES;
/** So many messages of one sender may be unfinished: they come one after the other, but for those of which a part was lost. */
const UNFINISHED = 4;

/**
 * A message as the parcels that carry it. `number` tells it from the sender's others, 0 to 65,535.
 * @throws RangeError if it is larger than {@link MESSAGE_MAX_BYTES}
 */
export function split({ kind, body }: Note, number: number): Uint8Array[] {
  if (body.length > MESSAGE_MAX_BYTES) throw new RangeError('larger than any pad');
  const count = Math.max(1, Math.ceil(body.length / PART_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const payload = body.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    const part = new Uint8Array(HEADER_BYTES + payload.length);
    part.set([KINDS.indexOf(kind), number >> 8, number & 255, index, count]);
    part.set(payload, HEADER_BYTES);
    return part;
  });
}

interface Unfinished {
  readonly parts: (Uint8Array | undefined)[];
  missing: number;
}

/** Puts messages together again, whatever order their parts come in. Anything that is none is ignored. */
export class Assembly {
  private readonly unfinished = new Map<string, Map<number, Unfinished>>();

  /** @returns the message that this part makes whole, or null */
  add(from: string, part: Uint8Array): Note | null {
    const [kindIndex = -1, high = 0, low = 0, index = 0, count = 0] = part;
    const kind = KINDS[kindIndex];
    if (part.length < HEADER_BYTES || kind === undefined || count < 1 || index >= count || count * PART_BYTES > MESSAGE_MAX_BYTES) return null;
    const payload = part.subarray(HEADER_BYTES);
    if (count === 1) return { kind, body: payload };
    const body = this.collect(from, (high << 8) | low, { index, count, payload });
    return body === null ? null : { kind, body };
  }

  /** Nobody finishes what somebody who is gone has begun. */
  keepOnly(members: ReadonlySet<string>): void {
    for (const from of this.unfinished.keys()) if (!members.has(from)) this.unfinished.delete(from);
  }

  private collect(from: string, number: number, { index, count, payload }: { index: number; count: number; payload: Uint8Array }): Uint8Array | null {
    const mine = this.unfinished.get(from) ?? new Map<number, Unfinished>();
    this.unfinished.set(from, mine);
    let message = mine.get(number);
    if (message?.parts.length !== count) {
      message = { parts: Array.from<undefined>({ length: count }), missing: count };
      mine.delete(number);
      const [oldest] = mine.keys();
      if (mine.size >= UNFINISHED && oldest !== undefined) mine.delete(oldest);
      mine.set(number, message);
    }
    if (message.parts[index] === undefined) message.missing -= 1;
    message.parts[index] = payload;
    if (message.missing > 0) return null;
    mine.delete(number);
    return joined(message.parts);
  }
}

function joined(parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    if (part === undefined) continue;
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
