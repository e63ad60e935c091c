import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import { store } from '../store.ts';
import { screenStarting, screenStatus } from './screen-status.ts';
import { TalkScreen } from './screen.ts';

const links = vi.hoisted(() => ({ made: [] as { track: unknown; offer(sdp: string): void; calls: string[] }[] }));

vi.mock('../../screen/screen-link.ts', () => ({
  ScreenLink: class {
    readonly calls: string[] = [];
    constructor(deps: { track: unknown; offer(sdp: string): void }) {
      links.made.push({ track: deps.track, offer: (sdp) => { deps.offer(sdp); }, calls: this.calls });
    }
    answer(sdp: string): void { this.calls.push(sdp); }
    reset(): void { this.calls.push('reset'); }
    close(): void { this.calls.push('close'); }
  },
}));

const TALK: TalkState = { id: 't1', kind: 'dome', booking: '', host: 'ann', named: true, locked: false, members: [{ id: 'ann', hand: 0 }, { id: 'me', hand: 0 }], invited: [], knocking: [] };

class Track extends EventTarget {
  contentHint = '';
  stopped = false;
  stop(): void { this.stopped = true; }
}

let sent: unknown[];
let screen: TalkScreen;
let chosen: Track | null;

const linked = (count: number): Promise<void> => vi.waitFor(() => { expect(links.made.length).toBe(count); });

beforeEach(() => {
  sent = [];
  links.made.length = 0;
  chosen = new Track();
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: () => (chosen === null ? Promise.reject(new Error('no')) : Promise.resolve({ getVideoTracks: () => [chosen] })) } });
  store.myId.value = 'me';
  store.talk.value = TALK;
  store.toasts.value = [];
  screen = new TalkScreen({ send: (name, message) => sent.push({ [name]: message }) });
});
afterEach(() => {
  screen.close();
  store.talk.value = null;
  vi.unstubAllGlobals();
});

describe('my screen', () => {
  it('is sent once the server has agreed, as something to be read', async () => {
    await screen.start(false);
    expect([sent, links.made.length, screenStarting.value]).toEqual([[{ screen: { kind: 'start', over: false } }], 0, true]);
    screen.told({ share: 3, by: 'me' });
    await linked(1);
    expect([links.made[0]?.track, chosen?.contentHint, screenStarting.value]).toEqual([chosen, 'detail', false]);
    links.made[0]?.offer('sdp');
    screen.answer({ share: 2, sdp: 'of another time' });
    screen.answer({ share: 3, sdp: 'mine' });
    expect([sent.at(-1), links.made[0]?.calls]).toEqual([{ screenOffer: { share: 3, sdp: 'sdp' } }, ['mine']]);
  });

  it.each([
    ['the browser\'s own button', () => { chosen?.dispatchEvent(new Event('ended')); }, true],
    ['ours', () => { screen.stop(); }, true],
    ['leaving the talk', () => { store.talk.value = null; }, false],
    ['somebody who takes over', () => { screen.told({ share: 4, by: 'ann' }); }, false],
    ['the server, after a drop', () => { screen.told({ share: 0, by: '' }); }, false],
  ])('is captured no more after %s', async (_what, end, isSaid) => {
    await screen.start(false);
    screen.told({ share: 3, by: 'me' });
    await linked(1);
    end();
    expect([chosen?.stopped, links.made[0]?.calls]).toEqual([true, ['close']]);
    expect(sent.some((each) => JSON.stringify(each) === '{"screen":{"kind":"stop"}}')).toBe(isSaid);
  });

  it('is not sent when nothing was chosen, when the talk ended meanwhile, or when the server says no', async () => {
    const first = chosen;
    chosen = null;
    await screen.start(false);
    expect([sent, store.toasts.value.map(({ key }) => key), screenStarting.value]).toEqual([[], ['toast.talk.screenNone'], false]);
    chosen = first;
    const starting = screen.start(false);
    store.talk.value = null;
    await starting;
    expect([sent, first?.stopped]).toEqual([[], true]);
    store.talk.value = TALK;
    const other = new Track();
    chosen = other;
    await screen.start(false);
    screen.refused('screen');
    expect([other.stopped, screenStarting.value]).toEqual([true, false]);
  });

  it('of an earlier time is not taken for mine of now', () => {
    screen.told({ share: 9, by: 'me' });
    expect(sent).toEqual([{ screen: { kind: 'stop' } }]);
  });
});

describe('the screen of another member', () => {
  it('is watched, anew when the server says so, until it is over', async () => {
    screen.told({ share: 5, by: 'ann' });
    await linked(1);
    expect([links.made[0]?.track, screenStatus.value.by]).toEqual([null, 'ann']);
    screen.reset({ share: 4 });
    screen.reset({ share: 5 });
    screen.refused('screenOffer');
    screen.told({ share: 5, by: 'ann' });
    screen.told({ share: 0, by: '' });
    expect([links.made[0]?.calls, screenStatus.value.share]).toEqual([['reset', 'reset', 'close'], 0]);
  });

  it('goes on being seen while I choose what to show instead, and if I may not', async () => {
    screen.told({ share: 5, by: 'ann' });
    await linked(1);
    await screen.start(true);
    screen.refused('screen');
    expect([links.made[0]?.calls, screenStatus.value.by, chosen?.stopped]).toEqual([[], 'ann', true]);
  });
});
