import type { Page } from '@playwright/test';
import type { PanoramaStatus, Sight } from '../../../client/app/contracts.ts';
import type {} from './harness.tsx';

/** One state of the UI. `setup` runs in the page; whatever it needs comes from `window.harness`. */
export interface Screen {
  readonly name: string;
  readonly setup: () => void;
  /** Presses and waiting after the state is there. */
  readonly act?: (page: Page) => Promise<void>;
}

const deviceCheck = (): void => {
  const { store, fixtures } = window.harness;
  store.session.value = fixtures.SESSION;
  store.phase.value = { kind: 'device-check' };
};

const panel = (name: string) => async (page: Page): Promise<void> => {
  await page.evaluate((value) => { window.harness.state.showPanel(value as 'people'); }, name);
  await page.locator('.panel').waitFor();
};

const sight = (kind: Sight['kind'], id: string) => async (page: Page): Promise<void> => {
  await page.evaluate((value) => { window.harness.store.sight.value = value; }, { kind, id });
  await page.locator('.panel--sight').waitFor();
};

const panorama = (stage: PanoramaStatus['stage']) => async (page: Page): Promise<void> => {
  await page.evaluate((value) => { window.harness.store.panorama.value = { id: 'desert', stage: value, playing: null }; }, stage);
  await page.locator('.panorama').waitFor();
};

/** On the way into another scene. */
const journey = (stage: 'files' | 'failed') => async (page: Page): Promise<void> => {
  await page.evaluate((value) => { window.harness.store.journey.value = { to: 'marrakesh', from: 'geneva', cause: 'link', by: '', stage: value }; }, stage);
  await page.locator('.veil').waitFor();
};

const venue = (): void => { window.harness.enterVenue(); };

const SCREENS_OUTSIDE: readonly Screen[] = [
  { name: 'loading', setup: () => { window.harness.store.phase.value = { kind: 'loading' }; } },
  { name: 'problem-missing', setup: () => { window.harness.store.phase.value = { kind: 'problem', reason: 'PASS_MISSING' }; } },
  { name: 'problem-unreachable', setup: () => { window.harness.store.phase.value = { kind: 'problem', reason: 'UNREACHABLE' }; } },
  { name: 'entry', setup: deviceCheck },
  {
    name: 'entry-listening',
    setup: deviceCheck,
    act: async (page) => {
      await page.evaluate(() => {
        window.harness.micState.value = 'listening';
        window.harness.level.value = 0.35;
      });
      await page.getByRole('meter').waitFor();
    },
  },
  {
    name: 'entry-denied',
    setup: deviceCheck,
    act: async (page) => {
      await page.evaluate(() => { window.harness.micState.value = { problem: 'denied' }; });
      await page.getByRole('alert').first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'take-over',
    setup: () => {
      const { store, fixtures } = window.harness;
      store.session.value = { ...fixtures.SESSION, alreadyHere: true };
      store.phase.value = { kind: 'ask-take-over' };
    },
    act: async (page) => { await page.getByRole('dialog').waitFor(); },
  },
  { name: 'entering', setup: () => { window.harness.store.phase.value = { kind: 'entering' }; } },
  { name: 'left', setup: () => { window.harness.store.phase.value = { kind: 'left', reason: null }; } },
  { name: 'left-moved', setup: () => { window.harness.store.phase.value = { kind: 'left', reason: 'MOVED_ELSEWHERE' }; } },
];

const SCREENS_INSIDE: readonly Screen[] = [
  { name: 'venue', setup: venue },
  {
    name: 'link-prompt',
    setup: venue,
    act: async (page) => {
      await page.evaluate(() => { window.harness.store.link.value = 'to-marrakesh'; });
      await page.locator('.prompt--asking').waitFor();
    },
  },
  {
    name: 'people-elsewhere',
    setup: venue,
    act: async (page) => {
      await panel('people')(page);
      const details = page.locator('.panel details').first();
      await details.evaluate((element) => { (element as HTMLDetailsElement).open = true; });
      await details.scrollIntoViewIfNeeded();
    },
  },
  { name: 'journey', setup: venue, act: journey('files') },
  { name: 'journey-failed', setup: venue, act: journey('failed') },
  {
    name: 'venue-muted',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.mic.value = { state: 'muted', level: 0, problem: null };
      window.harness.store.hearers.value = { count: 0, ids: [] };
    },
  },
  {
    name: 'venue-listening',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.mic.value = { state: 'off', level: 0, problem: null };
      window.harness.store.hearers.value = { count: 0, ids: [] };
      window.harness.store.media.value = 'reconnecting';
      window.harness.store.world.value = { kind: 'loading', fraction: 0.4 };
      window.harness.store.toasts.value = [{ id: 1, key: 'toast.noSeat', tone: 'warning' }, { id: 2, key: 'toast.resumed', tone: 'success' }];
    },
    act: async (page) => { await page.locator('.toast').nth(1).waitFor(); },
  },
  {
    name: 'venue-offline',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.connection.value = { kind: 'reconnecting', since: Date.now(), attempt: 3, why: 'network' };
    },
  },
  { name: 'people', setup: venue, act: panel('people') },
  {
    name: 'people-unfolded',
    setup: venue,
    act: async (page) => {
      await panel('people')(page);
      await page.evaluate(() => { window.harness.state.unfoldedPerson.value = 'p1'; });
      await page.locator('.person__actions').waitFor();
    },
  },
  { name: 'places', setup: venue, act: panel('places') },
  { name: 'chat', setup: venue, act: panel('chat') },
  { name: 'settings', setup: venue, act: panel('settings') },
  { name: 'help', setup: venue, act: panel('help') },
  { name: 'credits', setup: venue, act: async (page) => { await panel('credits')(page); await page.locator('.credits li').nth(20).waitFor(); } },
  { name: 'sponsors', setup: venue, act: async (page) => { await panel('sponsors')(page); await page.locator('.sponsor').last().waitFor(); } },
  {
    name: 'sight-near',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.sightNearby.value = { kind: 'exhibit', id: 'bowl' };
    },
    act: async (page) => { await page.locator('.sight-prompt').waitFor(); },
  },
  { name: 'exhibit', setup: venue, act: sight('exhibit', 'bowl') },
  {
    name: 'exhibit-guide',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.guide.value = { id: 'bowl', state: 'playing', time: 42, duration: 95 };
    },
    act: async (page) => {
      await sight('exhibit', 'bowl')(page);
      await page.locator('.guide').scrollIntoViewIfNeeded();
    },
  },
  { name: 'panorama-flat', setup: venue, act: sight('panorama', 'desert') },
  { name: 'booth', setup: venue, act: sight('booth', 'stall') },
  { name: 'mosaic', setup: venue, act: sight('activity', 'star') },
  {
    name: 'mosaic-board',
    setup: venue,
    act: async (page) => {
      await sight('activity', 'star')(page);
      await page.locator('[data-cell="17"]').focus();
    },
  },
  { name: 'panorama-loading', setup: venue, act: panorama({ kind: 'loading', fraction: 0.4 }) },
  { name: 'panorama', setup: venue, act: panorama({ kind: 'shown' }) },
  { name: 'panorama-failed', setup: venue, act: panorama({ kind: 'failed' }) },
  { name: 'tour-none', setup: () => { window.harness.enterVenue(); window.harness.others('p1'); }, act: panel('tour') },
  {
    name: 'tour-invitation',
    setup: () => {
      window.harness.enterVenue();
      window.harness.others('p3');
      window.harness.store.tourInvitations.value = ['p3'];
    },
    act: async (page) => { await page.locator('.prompt--asking').waitFor(); },
  },
  {
    name: 'tour-following',
    setup: () => {
      window.harness.enterVenue();
      window.harness.tour('p5', ['me', 'p0', 'p2']);
      window.harness.store.following.value = true;
      window.harness.store.aim.value = { by: 'p5', at: { x: 2, y: 1.3, z: 3 }, sight: { kind: 'exhibit', id: 'bowl' }, distance: 4, clock: 1 };
    },
    act: async (page) => { await page.locator('.tour-bar').waitFor(); },
  },
  {
    name: 'tour-member',
    setup: () => {
      window.harness.enterVenue();
      window.harness.tour('p3', ['me', 'p0', 'p2']);
      window.harness.store.aim.value = { by: 'p3', at: { x: 2, y: 1.3, z: 3 }, sight: null, distance: 4, clock: 1 };
    },
    act: panel('tour'),
  },
  {
    name: 'tour-guide',
    setup: () => {
      window.harness.enterVenue();
      window.harness.tour('me', ['p0', 'p1', 'p8']);
      window.harness.store.aim.value = { by: 'me', at: { x: 2, y: 1.3, z: 3 }, sight: { kind: 'exhibit', id: 'rug' }, distance: 4, clock: 1 };
    },
    act: panel('tour'),
  },
  {
    name: 'tour-aiming',
    setup: () => {
      window.harness.enterVenue();
      window.harness.tour('me', ['p0', 'p1']);
      window.harness.store.aiming.value = true;
    },
    act: async (page) => { await page.locator('.tour-bar').waitFor(); },
  },
  {
    name: 'talk-none',
    setup: () => {
      window.harness.enterVenue();
      window.harness.inTalk('t2', ['p3', 'p4']);
      window.harness.store.talkOffers.value = { invitations: [{ talk: 't3', by: 'p1', count: 2, later: true }], knocked: '' };
    },
    act: panel('talk'),
  },
  {
    name: 'talk-invitation',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.talkOffers.value = { invitations: [{ talk: 't3', by: 'p1', count: 2, later: false }], knocked: '' };
    },
    act: async (page) => { await page.locator('.talk-question').waitFor(); },
  },
  {
    name: 'talk-member',
    setup: () => {
      window.harness.enterVenue();
      window.harness.talk(['p0', 'p2']);
    },
    act: async (page) => {
      await page.locator('.talk-bar').waitFor();
      await panel('talk')(page);
    },
  },
  {
    name: 'talk-notes',
    setup: () => {
      window.harness.enterVenue();
      window.harness.talk(['p0', 'p2']);
      void window.harness.notes('Article 4, paragraph 2\n\nDraft as discussed: “Parties shall cooperate…”\n\nالفقرة الثانية من المادة الرابعة');
    },
    act: async (page) => {
      await page.locator('.talk-bar').waitFor();
      await panel('talk')(page);
      await page.locator('.panel--talk [aria-expanded=false]').first().click();
      await page.locator('.talk-notes textarea').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'talk-screen',
    setup: () => {
      window.harness.enterVenue();
      window.harness.talk(['p0', 'p2']);
      void window.harness.screen('p0');
    },
    act: async (page) => {
      await page.locator('.screen-view').waitFor();
      await page.waitForFunction(() => (document.querySelector<HTMLVideoElement>('.screen-view__video')?.videoWidth ?? 0) > 0);
    },
  },
  {
    name: 'talk-screen-mine',
    setup: () => {
      window.harness.enterVenue();
      window.harness.talk(['p0', 'p2']);
      void window.harness.screen(window.harness.fixtures.ME.id);
    },
    act: async (page) => {
      await page.locator('.screen-mine').waitFor();
    },
  },
  {
    name: 'talk-knock',
    setup: () => {
      window.harness.enterVenue();
      window.harness.talk(['p0']);
      const { talk } = window.harness.store;
      if (talk.value !== null) talk.value = { ...talk.value, knocking: ['p5'] };
    },
    act: async (page) => { await page.locator('.talk-question').waitFor(); },
  },
  {
    name: 'talk-knock-panel',
    setup: () => {
      window.harness.enterVenue();
      window.harness.talk(['p0']);
      const { talk } = window.harness.store;
      if (talk.value !== null) talk.value = { ...talk.value, knocking: ['p5'] };
    },
    act: async (page) => {
      await page.locator('.talk-question').waitFor();
      await panel('people')(page);
    },
  },
  {
    name: 'talk-whisper',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.whisper.value = { to: 'p0', from: [] };
    },
    act: async (page) => { await page.locator('.talk-bar').waitFor(); },
  },
  {
    name: 'person-card',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.person.value = 'p0';
    },
    act: async (page) => { await page.locator('.person-card').waitFor(); },
  },
  {
    name: 'hearers',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.hearers.value = { count: 4, ids: ['p0', 'p1', 'p2', 'p3'] };
    },
    act: panel('hearers'),
  },
  { name: 'privacy', setup: venue, act: panel('privacy') },
  { name: 'text-panel', setup: venue, act: panel('text') },
  {
    name: 'menu',
    setup: venue,
    act: async (page) => {
      await page.locator('.popup > button:visible').first().click();
      await page.locator('.popup__list').waitFor();
    },
  },
  {
    name: 'leave',
    setup: () => {
      window.harness.enterVenue();
      window.harness.state.confirmingLeave.value = true;
    },
    act: async (page) => { await page.getByRole('dialog').waitFor(); },
  },
  {
    name: 'no-webgl',
    setup: () => {
      window.harness.enterVenue();
      window.harness.store.world.value = { kind: 'failed', why: 'no-webgl' };
    },
  },
];

export const SCREENS: readonly Screen[] = [...SCREENS_OUTSIDE, ...SCREENS_INSIDE];

/** Brings a screen up: the page is open, its language and settings are set. */
export async function show(page: Page, screen: Screen): Promise<void> {
  await page.evaluate(screen.setup);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await screen.act?.(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
