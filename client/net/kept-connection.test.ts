import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptConnection } from './kept-connection.ts';
import type { KeptState } from './kept-connection.ts';

/** A connection of which no answer ever comes. */
class SilentConnection extends EventTarget {
  readonly connectionState = 'new';
  readonly signalingState = 'have-local-offer';
  readonly localDescription = { sdp: 'offer' };
  closed = false;

  createOffer(): Promise<object> {
    return Promise.resolve({ type: 'offer', sdp: 'offer' });
  }

  setLocalDescription(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }
}

let offers: number;
let states: KeptState[];
let made: SilentConnection[];
let kept: KeptConnection;

beforeEach(() => {
  vi.useFakeTimers();
  offers = 0;
  states = [];
  made = [];
  vi.stubGlobal('RTCPeerConnection', class extends SilentConnection {
    constructor() {
      super();
      made.push(this);
    }
  });
  kept = new KeptConnection({ iceServers: [], prepare: () => undefined, offer: () => { offers += 1; }, onState: (state) => { states.push(state); } });
});
afterEach(() => {
  kept.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a connection that nobody answers', () => {
  it('is offered again and again', async () => {
    kept.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(offers).toBeGreaterThan(3);
    expect(states).toContain('failed');
  });

  it('is left alone while it is paused, whatever the server says, and offered afresh after that', async () => {
    kept.start();
    await vi.advanceTimersByTimeAsync(9000);
    kept.pause();
    const before = offers;
    kept.reset();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(offers).toBe(before);
    expect(made.every(({ closed }) => closed)).toBe(true);
    kept.start();
    await vi.advanceTimersByTimeAsync(10);
    expect(offers).toBe(before + 1);
  });

  it('is not offered if it was paused while the offer was being made', async () => {
    kept.start();
    kept.pause();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(offers).toBe(0);
  });
});
