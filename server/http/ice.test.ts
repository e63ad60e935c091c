import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { iceServersFor } from './ice.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const urls = ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org'];

describe('ICE servers', () => {
  it('are none without TURN, and the configured ones with a fixed password', () => {
    expect(iceServersFor(null, 'a', NOW)).toEqual([]);
    expect(iceServersFor({ kind: 'static', urls, username: 'u', credential: 'c' }, 'a', NOW)).toEqual([{ urls, username: 'u', credential: 'c' }]);
  });

  it('carry a password of one\'s own that a TURN server with the same secret accepts, for twelve hours', () => {
    const [first] = iceServersFor({ kind: 'secret', urls, secret: 'shared' }, 'person-1', NOW);
    const [expiry, person] = (first?.username ?? '').split(':');
    expect([Number(expiry) * 1000, person]).toEqual([NOW + 12 * 3_600_000, 'person-1']);
    // What coturn computes with `use-auth-secret`.
    expect(first?.credential).toBe(createHmac('sha1', 'shared').update(first?.username ?? '').digest('base64'));
    expect(iceServersFor({ kind: 'secret', urls, secret: 'shared' }, 'person-2', NOW)[0]?.credential).not.toBe(first?.credential);
  });
});
