import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { PASS_PATTERN } from '../../shared/protocol/links.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { NewPass, PassRecord, PassRepository } from '../store/store.ts';

/** 160 bits: guessing one of a million passes takes 2^140 tries. */
const PASS_BYTES = 20;
const PASS_ID_BYTES = 9;
const DAY_MS = 86_400_000;

/** A pass as it is handed out, once; only its hash is stored, so it cannot be shown again. */
export interface IssuedPass {
  readonly person: string;
  readonly pass: string;
  readonly expiresAt: number;
}

/** A fast hash is right here: a pass is random and as long as a key, unlike a password. */
function hashOf(pass: string): Buffer {
  return createHash('sha256').update(pass, 'utf8').digest();
}

/** Issues a pass for each person, all or none. Passes that they have already stay valid. */
export async function issuePasses(passes: PassRepository, people: readonly string[], options: { days: number; now: number }): Promise<IssuedPass[]> {
  const issued = people.map((person) => ({ person, pass: randomBytes(PASS_BYTES).toString('hex'), expiresAt: options.now + options.days * DAY_MS }));
  await passes.add(issued.map(({ person, pass, expiresAt }): NewPass => ({
    id: randomBytes(PASS_ID_BYTES).toString('base64url'), person, hash: hashOf(pass), issuedAt: options.now, expiresAt,
  })));
  return issued;
}

/** Throws PASS_REVOKED or PASS_EXPIRED unless the pass is in force. */
export function requireInForce(pass: PassRecord, now: number): void {
  if (pass.revokedAt !== null) throw new ReasonedError('PASS_REVOKED');
  if (pass.expiresAt <= now) throw new ReasonedError('PASS_EXPIRED');
}

/**
 * Finds the pass in force that a text is. The look-up goes by hash, so its time tells nothing about a pass.
 * Rejects with `ReasonedError` PASS_MALFORMED, PASS_UNKNOWN, PASS_REVOKED or PASS_EXPIRED.
 */
export async function findPass(passes: PassRepository, text: string, now: number): Promise<PassRecord> {
  if (!PASS_PATTERN.test(text)) throw new ReasonedError('PASS_MALFORMED');
  const hash = hashOf(text);
  const found = await passes.findByHash(hash);
  if (found === null || found.hash.byteLength !== hash.byteLength || !timingSafeEqual(found.hash, hash)) throw new ReasonedError('PASS_UNKNOWN');
  requireInForce(found, now);
  return found;
}
