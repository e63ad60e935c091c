/**
 * What members' clients say to each other while they agree on keys, in parcels of kind `key`: JSON. Everything in here
 * comes through the server and is believed only where cryptography says so.
 */
import { fromBase64, textOf, toBase64, utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import type { Box } from './pair.ts';

interface Turn {
  /** Rises with every new set of keys. */
  readonly round: number;
  /** Digest of the ids of those who are to share them. */
  readonly set: string;
}

/** Boxes by the id of the member for whom they are. */
export type Boxes = ReadonlyMap<string, Box>;

export type KeyParcel =
  /** SHA-256 of the public key that will be shown; null: this browser cannot seal. */
  | ({ readonly kind: 'commit'; readonly hash: Bytes | null } & Turn)
  /** Said once the commitments of all are known. */
  | ({ readonly kind: 'show'; readonly publicKey: Bytes } & Turn)
  /** My sender key, for each. */
  | ({ readonly kind: 'keys'; readonly boxes: Boxes } & Turn)
  /** Whose sender keys I have. */
  | ({ readonly kind: 'got'; readonly boxes: Boxes } & Turn);

const ID = /^[A-Za-z0-9_-]{1,32}$/;
/** More than a meeting room holds. */
const MAX_BOXES = 96;

export function packParcel(parcel: KeyParcel): Bytes {
  return utf8(JSON.stringify(parcel, (_, value: unknown) => {
    if (value instanceof Uint8Array) return toBase64(value);
    if (value instanceof Map) return [...value];
    return value;
  }));
}

function bytesIn(value: unknown): Bytes {
  if (typeof value !== 'string' || value.length > 2048) throw new TypeError('no bytes');
  return fromBase64(value);
}

function boxesIn(value: unknown): Boxes {
  if (!Array.isArray(value) || value.length > MAX_BOXES) throw new TypeError('no boxes');
  return new Map(value.map((entry: unknown) => {
    const [person, box] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const { n, data } = Object(box) as Record<string, unknown>;
    if (typeof person !== 'string' || !ID.test(person) || !Number.isInteger(n) || (n as number) < 1 || (n as number) > 0xffffffff) throw new TypeError('no box');
    return [person, { n: n as number, data: bytesIn(data) }];
  }));
}

function read(fields: Record<string, unknown>): KeyParcel {
  const { kind, round, set } = fields;
  if (!Number.isSafeInteger(round) || (round as number) < 1 || typeof set !== 'string' || set.length > 64) throw new TypeError('no turn');
  const turn = { round: round as number, set };
  switch (kind) {
    case 'commit': return { kind, ...turn, hash: fields['hash'] === null ? null : bytesIn(fields['hash']) };
    case 'show': return { kind, ...turn, publicKey: bytesIn(fields['publicKey']) };
    case 'keys':
    case 'got': return { kind, ...turn, boxes: boxesIn(fields['boxes']) };
    default: throw new TypeError('an unknown kind');
  }
}

/** @returns null for anything but a well-formed parcel */
export function unpackParcel(data: Uint8Array): KeyParcel | null {
  try {
    return read(Object(JSON.parse(textOf(data))) as Record<string, unknown>);
  } catch {
    // Malformed, or a later version's: the same as not sent.
    return null;
  }
}
