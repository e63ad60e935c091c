import { randomBytes } from 'node:crypto';
import { SignJWT, errors, jwtVerify } from 'jose';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { SecretRepository } from '../store/store.ts';

const ISSUER = 'plenum';
const AUDIENCE = 'plenum-venue';
const ALGORITHM = 'HS256';
/** As long as the hash's output (RFC 7518, 3.2). */
const KEY_BYTES = 32;
const PASS_CLAIM = 'pid';

/** What a token says: whom it is for and which pass it came from. Nothing that others may not know, and no name. */
export interface TokenContent {
  readonly person: string;
  /** Opaque id of the pass, not the pass. */
  readonly pass: string;
}

export interface Tokens {
  /** @returns a JWS in compact form that is valid until `expiresAt` (milliseconds since the epoch, whole seconds). */
  sign(content: TokenContent): Promise<{ token: string; expiresAt: number }>;
  /** Rejects with `ReasonedError` TOKEN_INVALID or TOKEN_EXPIRED. */
  verify(token: string): Promise<TokenContent>;
}

export interface TokenOptions {
  readonly minutes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

function asReasoned(error: unknown): ReasonedError {
  const reason = error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID';
  return new ReasonedError(reason, undefined, { cause: error });
}

/** Tokens signed with a key that is kept in the store, so that they outlive a restart and hold for every process on the same store. */
export async function openTokens(secrets: SecretRepository, { minutes, now }: TokenOptions): Promise<Tokens> {
  const key = await secrets.getOrCreate('token-key', () => randomBytes(KEY_BYTES));
  return {
    sign: async ({ person, pass }) => {
      const issued = Math.floor(now() / 1000);
      const expires = issued + minutes * 60;
      const token = await new SignJWT({ [PASS_CLAIM]: pass })
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(person).setIssuer(ISSUER).setAudience(AUDIENCE).setIssuedAt(issued).setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: expires * 1000 };
    },
    verify: async (token) => {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE, requiredClaims: ['sub', 'exp', PASS_CLAIM], currentDate: new Date(now()),
      }).catch((error: unknown) => {
        throw asReasoned(error);
      });
      const pass = payload[PASS_CLAIM];
      if (typeof payload.sub !== 'string' || typeof pass !== 'string') throw new ReasonedError('TOKEN_INVALID');
      return { person: payload.sub, pass };
    },
  };
}
