import { digest, utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';

/** Groups of digits, which everybody can read out whatever their language. */
const GROUPS = 3;
const GROUP_DIGITS = 4;

export interface PublicKeyOf {
  readonly person: string;
  readonly publicKey: Bytes;
}

/** What all members must agree on: who they are, and with which public keys. The same for all, whatever the order. */
export function membersDigest(talk: string, keys: readonly PublicKeyOf[]): Promise<Bytes> {
  const sorted = keys.toSorted((a, b) => (a.person < b.person ? -1 : 1));
  return digest(utf8('plenum seal members 1'), talk, ...sorted.flatMap(({ person, publicKey }) => [person, publicKey]));
}

/**
 * Twelve digits of a digest, for members to read to each other. Since every member commits to a key before any key is shown, somebody in the
 * middle has one guess for each attempt, at 10^12 to one.
 */
export function codeOf(members: Uint8Array): string[] {
  const modulus = 10n ** BigInt(GROUPS * GROUP_DIGITS);
  let value = 0n;
  for (const byte of members) value = (value << 8n) | BigInt(byte);
  const digits = (value % modulus).toString().padStart(GROUPS * GROUP_DIGITS, '0');
  return Array.from({ length: GROUPS }, (_, group) => digits.slice(group * GROUP_DIGITS, (group + 1) * GROUP_DIGITS));
}
