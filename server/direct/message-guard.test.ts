import { describe, expect, test } from 'vitest';
import { MAX_MESSAGE_BYTES, MessageGuard } from './message-guard.ts';

function message(fields: object): Buffer {
  return Buffer.from(JSON.stringify(fields));
}

describe('a message to the signalling server', () => {
  test('passes if it is part of a call with the partner', () => {
    const guard = new MessageGuard('ben', 0);
    for (const type of ['OFFER', 'ANSWER', 'CANDIDATE']) expect(guard.admits(message({ type, dst: 'ben', payload: {} }), 0)).toBe(true);
    expect(guard.admits(message({ type: 'HEARTBEAT' }), 0)).toBe(true);
  });

  test.each([
    ['to somebody else', message({ type: 'OFFER', dst: 'cid' })],
    ['to nobody', message({ type: 'OFFER' })],
    ['to a list', message({ type: 'OFFER', dst: ['ben'] })],
    ['of the server', message({ type: 'LEAVE', dst: 'ben' })],
    ['that ends others', message({ type: 'EXPIRE', dst: 'ben' })],
    ['of no kind', message({ dst: 'ben' })],
    ['a sign of life to somebody', message({ type: 'HEARTBEAT', dst: 'ben' })],
    ['no JSON', Buffer.from('{')],
    ['null', Buffer.from('null')],
    ['too long', message({ type: 'OFFER', dst: 'ben', payload: 'x'.repeat(MAX_MESSAGE_BYTES) })],
    ['no bytes', [message({ type: 'OFFER', dst: 'ben' })]],
  ])('is refused: %s', (_, data) => {
    expect(new MessageGuard('ben', 0).admits(data, 0)).toBe(false);
  });

  test('is refused when there are too many, and passes again after a while', () => {
    const guard = new MessageGuard('ben', 0);
    const candidate = message({ type: 'CANDIDATE', dst: 'ben' });
    let passed = 0;
    while (passed < 1000 && guard.admits(candidate, 0)) passed += 1;
    expect(passed).toBe(60);
    expect(guard.admits(candidate, 100)).toBe(false);
    expect(guard.admits(candidate, 300)).toBe(true);
  });
});
