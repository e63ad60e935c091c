import { expect, test } from 'vitest';
import { withoutRelays } from './ice.ts';

test('of relays only the address service is used, and never a password', () => {
  const turn = { urls: ['turn:turn.example.org:3478?transport=udp', 'turn:turn.example.org:3478?transport=tcp', 'turns:turn.example.org:5349'], username: 'ann', credential: 'secret' };
  expect(withoutRelays([turn])).toEqual([{ urls: ['stun:turn.example.org:3478'] }]);
  expect(withoutRelays([turn, { urls: 'stun:other.example.org' }])).toEqual([{ urls: ['stun:turn.example.org:3478', 'stun:other.example.org'] }]);
  expect(withoutRelays([{ urls: 'turns:turn.example.org' }])).toEqual([]);
  expect(withoutRelays([])).toEqual([]);
});
