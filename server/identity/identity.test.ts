import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PASS_PATTERN } from '../../shared/protocol/links.ts';
import { createLog } from '../log.ts';
import { openSqliteStore } from '../store/sqlite/index.ts';
import type { PersonRecord, Store } from '../store/store.ts';
import { issuePasses } from './passes.ts';
import { newPerson } from './people.ts';
import type { RunningIdentityService } from './service.ts';
import { startIdentity } from './service.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const log = createLog({ level: 'silent' });

/** A well-made token of another algorithm of the same family, with our own key. */
function signedWith(hash: string, alg: string, claims: object, key: Uint8Array): string {
  const body = [{ alg }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`;
}

describe('passes and tokens', () => {
  let folder: string;
  let store: Store;
  let identity: RunningIdentityService;
  let now: number;
  let person: PersonRecord;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plenum-identity-'));
    store = openSqliteStore(folder);
    now = Date.UTC(2026, 10, 21);
    identity = await startIdentity({ store, tokenMinutes: 10, log, now: () => now, pollMs: 5 });
    person = newPerson({ name: 'Ama', entity: 'Ghana', entityType: 'member-state', country: 'gh', role: 'chair', language: 'en', email: 'ama@example.org' }, now);
    await store.people.saveAll([person]);
  });
  afterEach(async () => {
    identity.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const issue = async (days = 2): Promise<string> => (await issuePasses(store.passes, [person.id], { days, now }))[0]?.pass ?? '';

  it('exchange a pass for a token that tells who it is, and no e-mail', async () => {
    const pass = await issue();
    expect(pass).toMatch(PASS_PATTERN);
    const session = await identity.openSession(pass);
    const expected = { id: person.id, name: 'Ama', entity: 'Ghana', entityType: 'member-state', country: 'gh', role: 'chair', language: 'en', passExpiresAt: now + 2 * DAY };
    expect(session.identity).toEqual(expected);
    expect(session.expiresAt).toBe(now + 10 * MINUTE);
    expect(await identity.identify(session.token)).toEqual(expected);
    const payload = Buffer.from(session.token.split('.')[1] ?? '', 'base64url').toString();
    expect(payload).not.toMatch(/Ama|Ghana|example/);
    expect(payload).not.toContain(pass);
  });

  it('follow the roster: a changed name is the new one at once', async () => {
    const { token } = await identity.openSession(await issue());
    await store.people.saveAll([{ ...person, name: 'Ama B.' }]);
    expect((await identity.identify(token)).name).toBe('Ama B.');
  });

  it('store the hash of a pass and no pass', async () => {
    const pass = await issue();
    await store.close();
    const onDisk = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')).join('');
    expect(onDisk).toContain(createHash('sha256').update(pass).digest().toString('latin1'));
    for (const form of [pass, Buffer.from(pass, 'hex').toString('latin1')]) expect(onDisk).not.toContain(form);
  });

  it.each([
    ['nothing', '', 'PASS_MALFORMED'], ['a word', 'letmein', 'PASS_MALFORMED'], ['upper case', 'A'.repeat(40), 'PASS_MALFORMED'],
    ['a made-up pass', '0'.repeat(40), 'PASS_UNKNOWN'],
  ])('refuse %s', async (_what, pass, reason) => {
    await issue();
    await expect(identity.openSession(pass)).rejects.toMatchObject({ name: 'ReasonedError', reason });
  });

  it('refuse an expired and a revoked pass, and its tokens', async () => {
    const first = await issue(2);
    now += 2 * DAY - MINUTE;
    const { token } = await identity.openSession(first);
    now += MINUTE;
    await expect(identity.openSession(first)).rejects.toMatchObject({ reason: 'PASS_EXPIRED' });
    await expect(identity.identify(token)).rejects.toMatchObject({ reason: 'PASS_EXPIRED' });
    const second = await issue(2);
    const session = await identity.openSession(second);
    await store.passes.revokeAll(person.id, now);
    await expect(identity.openSession(second)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
    await expect(identity.identify(session.token)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
    // A new pass lets the person in again, and does not revive the old token.
    const third = await identity.openSession(await issue());
    expect((await identity.identify(third.token)).id).toBe(person.id);
    await expect(identity.identify(session.token)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
  });

  it('refuse the tokens of an erased person', async () => {
    const { token } = await identity.openSession(await issue());
    await store.people.erase(person.id, now);
    await expect(identity.identify(token)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
  });

  it('refuse an expired token, and accept it until then', async () => {
    const { token, expiresAt } = await identity.openSession(await issue());
    now = expiresAt - 1000;
    await expect(identity.identify(token)).resolves.toBeDefined();
    now = expiresAt;
    await expect(identity.identify(token)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
  });

  it('refuse a token that is not ours', async () => {
    const { token } = await identity.openSession(await issue());
    const key = await store.secrets.getOrCreate('token-key', () => Uint8Array.of());
    const seconds = Math.floor(now / 1000);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    const sign = (change: Record<string, unknown>, with_ = key): Promise<string> => new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'HS256' }).sign(with_);
    for (const ours of [await sign({}), signedWith('sha256', 'HS256', claims, key)]) expect(await identity.identify(ours)).toMatchObject({ id: person.id });
    const forged = [
      '', 'x', `${token}x`, token.slice(0, -2), token.replace(/\.[^.]*$/, '.'),
      await sign({}, new Uint8Array(32)), await sign({ iss: 'other' }), await sign({ aud: 'other' }), await sign({ sub: undefined }), await sign({ pid: undefined }), await sign({ pid: 7 }),
      await sign({ exp: undefined }), await sign({ nbf: seconds + 60 }),
      signedWith('sha512', 'HS512', claims, key), signedWith('sha384', 'HS384', claims, key),
      new UnsecuredJWT(claims).encode(),
    ];
    for (const text of forged) await expect(identity.identify(text), text).rejects.toMatchObject({ name: 'ReasonedError', reason: 'TOKEN_INVALID' });
  });

  it('refuse a token whose pass is another person\'s', async () => {
    const other = newPerson({ ...person, name: 'Other', email: '' }, now);
    await store.people.saveAll([other]);
    const { token } = await identity.openSession(await issue());
    const key = await store.secrets.getOrCreate('token-key', () => Uint8Array.of());
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    const mixed = await new SignJWT({ ...claims, sub: other.id }).setProtectedHeader({ alg: 'HS256' }).sign(key);
    await expect(identity.identify(mixed)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
  });

  it('keep tokens valid over a restart', async () => {
    const { token } = await identity.openSession(await issue());
    identity.stop();
    await store.close();
    store = openSqliteStore(folder);
    identity = await startIdentity({ store, tokenMinutes: 10, log, now: () => now, pollMs: 5 });
    expect(await identity.identify(token)).toMatchObject({ id: person.id });
  });

  it('tell of revocations and erasures by another process, each once, and not of earlier ones', async () => {
    await issue();
    await store.passes.revokeAll(person.id, now);
    identity.stop();
    identity = await startIdentity({ store, tokenMinutes: 10, log, now: () => now, pollMs: 5 });
    const told: string[] = [];
    identity.onRevoked(() => {
      throw new Error('a listener that fails keeps nobody else from hearing');
    });
    const unsubscribe = identity.onRevoked((id) => told.push(id));
    const elsewhere = openSqliteStore(folder);
    const other = newPerson({ ...person, name: 'Other', email: '' }, now);
    await elsewhere.people.saveAll([other]);
    await issue();
    await elsewhere.passes.revokeAll(person.id, now);
    await elsewhere.people.erase(other.id, now);
    await vi.waitFor(() => expect(told).toEqual([person.id, other.id]));
    unsubscribe();
    await issue();
    await elsewhere.passes.revokeAll(person.id, now);
    const last = vi.fn();
    identity.onRevoked(last);
    await vi.waitFor(() => expect(last).toHaveBeenCalledWith(person.id));
    expect(told).toHaveLength(2);
    await elsewhere.close();
  });
});
