/**
 * What two members of a talk share that nobody else has: ECDH on P-256 (NIST SP 800-56A), HKDF-SHA-256 (RFC 5869), AES-128-GCM. A key for each
 * direction, so that nothing can be sent back to where it came from; a counter for each box, so that none is taken twice.
 */
import { toBase64, utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const PUBLIC_BYTES = 65;
const LABEL = 'plenum private talk seal 1';

export interface OwnKeys {
  /** Cannot be read out, not even by this page. */
  readonly privateKey: CryptoKey;
  /** Uncompressed point, 65 bytes. */
  readonly publicKey: Bytes;
}

export async function makeOwnKeys(): Promise<OwnKeys> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  return { privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)) };
}

/** What a shared key is bound to. */
export interface Binding {
  readonly talk: string;
  readonly me: string;
  readonly other: string;
}

async function directionKey(material: CryptoKey, info: readonly string[]): Promise<CryptoKey> {
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: utf8(LABEL), info: utf8(JSON.stringify(info)) };
  return crypto.subtle.deriveKey(parameters, material, { name: 'AES-GCM', length: 128 }, false, ['encrypt', 'decrypt']);
}

function iv(counter: number): Bytes {
  const bytes = new Uint8Array(12);
  new DataView(bytes.buffer).setUint32(8, counter);
  return bytes;
}

export interface Box {
  /** Rises with every box of a direction. */
  readonly n: number;
  readonly data: Bytes;
}

/** Boxes between me and one other member, for as long as both keep their keys. */
export class Pair {
  private readonly out: CryptoKey;
  private readonly in: CryptoKey;
  private sent = 0;
  private taken = 0;

  private constructor(out: CryptoKey, inward: CryptoKey) {
    this.out = out;
    this.in = inward;
  }

  /** @throws DOMException if `theirPublic` is no point of the curve */
  static async agree(own: OwnKeys, theirPublic: Bytes, { talk, me, other }: Binding): Promise<Pair> {
    if (theirPublic.length !== PUBLIC_BYTES) throw new DOMException('not a public key', 'DataError');
    const theirs = await crypto.subtle.importKey('raw', theirPublic, CURVE, true, []);
    const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256);
    const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
    const mine = toBase64(own.publicKey);
    const their = toBase64(theirPublic);
    return new Pair(
      await directionKey(material, [talk, me, other, mine, their]),
      await directionKey(material, [talk, other, me, their, mine]),
    );
  }

  /** @param about what the box belongs to: it opens only where the same is expected */
  async seal(plain: Bytes, about: string): Promise<Box> {
    this.sent += 1;
    const n = this.sent;
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: iv(n), additionalData: utf8(about) }, this.out, plain);
    return { n, data: new Uint8Array(data) };
  }

  /** @returns null for what was taken before, was changed, or is about something else */
  async open({ n, data }: Box, about: string): Promise<Bytes | null> {
    if (n <= this.taken) return null;
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: iv(n), additionalData: utf8(about) }, this.in, data).catch(() => null);
    if (plain === null || n <= this.taken) return null;
    this.taken = n;
    return new Uint8Array(plain);
  }
}
