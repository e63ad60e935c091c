// @vitest-environment happy-dom
import { render } from 'preact';
import type { ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Booking, BookingClash, BookingFields, BusyRooms, FoundPeople, MeetingRoom } from '../../../shared/protocol/bookings.ts';
import type { SessionResponse } from '../../../shared/protocol/session.ts';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { SceneFiles } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { DepsContext } from '../deps.ts';
import { showLanguage } from '../i18n.ts';
import { control, press, recordingDeps } from '../testing.ts';
import type { Call } from '../testing.ts';
import { shownToasts } from '../toasts.ts';
import { PlacesPanel } from '../venue/PlacesPanel.tsx';
import { DuePrompt } from './DuePrompt.tsx';
import { draft, everybody, facts, saved } from './desk.ts';
import { MeetingPanel } from './MeetingPanel.tsx';
import { eventTimeText, lengthText } from './times.ts';

const MINUTE = 60_000;
const six = (text: string) => ({ en: text, fr: text, es: text, ru: text, zh: text, ar: text });
const arve: MeetingRoom = { scene: 'geneva', space: 'arve', names: six('Arve'), sceneNames: six('Geneva'), people: 20 };
const rhone: MeetingRoom = { ...arve, space: 'rhone', names: six('Rhône') };
const someone = (id: string) => ({ id, name: `Person ${id}`, entity: 'Ghana', country: 'gh' });

function booking(change: Partial<Booking> = {}): Booking {
  const start = Math.ceil(Date.now() / MINUTE) * MINUTE + 60 * MINUTE;
  return {
    id: 'b1', revision: 3, subject: 'Article 9', languages: ['en'], start, end: start + 30 * MINUTE, zone: 'Europe/Zurich', room: { scene: 'geneva', space: 'arve' }, state: 'booked', delegations: ['Fiji'],
    organiser: someone('ann'), people: [{ ...someone('ben'), byName: true, answer: 'declined' }], mine: 'invited', answer: null, mayChange: false, ...change,
  };
}

/** The server: what was asked of it, and what it answers, by method and path. */
interface Asked {
  readonly what: string;
  readonly body: unknown;
}
let asked: Asked[];
let answers: Record<string, (body: unknown) => { status: number; body: unknown }>;
let root: HTMLElement;
let calls: Call[];

beforeAll(() => showLanguage('en'));
beforeEach(() => {
  asked = [];
  answers = {
    'GET /api/bookings': () => ({ status: 200, body: { bookings: [], rooms: [arve, rhone], zone: 'Europe/Zurich' } }),
    'GET /api/bookings/busy': () => ({ status: 200, body: { rooms: [] } satisfies BusyRooms }),
    'GET /api/bookings/people': () => ({ status: 200, body: { people: [someone('cec')], delegations: [{ entity: 'Ghana', country: 'gh', people: 3 }] } satisfies FoundPeople }),
  };
  vi.stubGlobal('fetch', (address: string, { method, body }: { method: string; body: string | null }) => {
    const what = `${method} ${address.replace(/\?.*/, '')}`;
    const sent: unknown = body === null ? null : JSON.parse(body);
    asked.push({ what, body: sent });
    const given = answers[what]?.(sent) ?? { status: 404, body: { reason: 'BOOKING_UNKNOWN' } };
    return Promise.resolve(new Response(given.body === null ? '' : JSON.stringify(given.body), { status: given.status }));
  });
  store.session.value = { token: 'token', expiresAt: Date.now() + 600_000, person: { role: 'delegate' } } as SessionResponse;
  store.bookings.value = [];
  store.due.value = [];
  [facts.value, draft.value, saved.value, everybody.value] = [null, null, null, null];
  root = document.body.appendChild(document.createElement('div'));
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

async function show(content: ComponentChild): Promise<void> {
  const recording = recordingDeps();
  calls = recording.calls;
  await act(() => { render(<DepsContext.Provider value={recording.deps}>{content}</DepsContext.Provider>, root); });
  await settle();
}

/** Answers of the server have come, and are shown. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await act(() => new Promise<void>((resolve) => { setTimeout(resolve); }));
}

async function type(name: string, value: string): Promise<void> {
  const labelled = [...root.querySelectorAll('label')].find((label) => label.textContent === name);
  const field = root.querySelector<HTMLInputElement>(`#${CSS.escape(labelled?.htmlFor ?? '')}`);
  if (field === null) throw new Error(`no field "${name}"`);
  await act(() => {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const posted = (what: string): unknown => asked.findLast((each) => each.what === what)?.body;

describe('my meetings', () => {
  it('say when, where, who and what I said; an invitation is answered', async () => {
    store.bookings.value = [booking()];
    answers['POST /api/bookings/b1/answer'] = () => ({ status: 200, body: null });
    await show(<MeetingPanel />);
    for (const text of ['Article 9', 'Arve', 'Organised by Person ann', 'Delegation: Fiji', 'Person ben', 'does not come', 'English']) expect(root.textContent).toContain(text);
    expect(root.textContent).not.toContain('Change');
    await press(root, 'Accept: Article 9');
    await settle();
    expect(posted('POST /api/bookings/b1/answer')).toEqual({ answer: 'accepted' });
  });

  it('take one there from ten minutes before, and not when they are cancelled', async () => {
    const soon = Math.ceil(Date.now() / MINUTE) * MINUTE + 9 * MINUTE;
    store.bookings.value = [booking(), booking({ id: 'b2', subject: 'Soon', start: soon, end: soon + 30 * MINUTE }), booking({ id: 'b3', subject: 'Off', start: soon, state: 'cancelled' })];
    await show(<MeetingPanel />);
    expect([...root.querySelectorAll('button')].filter(({ textContent }) => textContent === 'Take me there')).toHaveLength(1);
    await press(root, 'Take me there: Soon');
    expect(calls.at(-1)).toEqual({ name: 'attend', args: ['b2'] });
    expect(root.textContent).toContain('Cancelled');
  });

  it('are cancelled after a question', async () => {
    store.bookings.value = [booking({ mine: 'organiser', mayChange: true })];
    answers['POST /api/bookings/b1/cancel'] = () => ({ status: 200, body: {} });
    await show(<MeetingPanel />);
    await press(root, 'Cancel the meeting: Article 9');
    expect(posted('POST /api/bookings/b1/cancel')).toBeUndefined();
    await press(root.querySelector('dialog') ?? root, 'Cancel the meeting');
    await settle();
    expect(posted('POST /api/bookings/b1/cancel')).toEqual({ revision: 3 });
  });

  it('are handed over to somebody who is searched for', async () => {
    store.bookings.value = [booking({ mine: 'organiser', mayChange: true })];
    answers['POST /api/bookings/b1/hand-over'] = () => ({ status: 200, body: {} });
    await show(<MeetingPanel />);
    await press(root, 'Hand over: Article 9');
    await type('Who should lead the meeting from now on?', 'pers');
    await vi.waitFor(async () => { await act(() => Promise.resolve()); control(root, 'Person cec'); });
    await press(root, 'Person cec');
    await press(root.querySelector('dialog') ?? root, 'Hand over');
    await settle();
    expect(posted('POST /api/bookings/b1/hand-over')).toEqual({ person: 'cec', revision: 3 });
  });

  it('of everybody are for the secretariat', async () => {
    await show(<MeetingPanel />);
    expect(root.textContent).not.toContain('Show everybody');
    store.session.value = { ...store.session.value, person: { role: 'secretariat' } } as SessionResponse;
    answers['GET /api/bookings'] = () => ({ status: 200, body: { bookings: [booking({ subject: 'Of others', mine: 'none' })], rooms: [arve], zone: 'Europe/Zurich' } });
    await show(<MeetingPanel />);
    await act(() => { root.querySelector<HTMLInputElement>('input[role=switch]')?.click(); });
    await settle();
    expect(root.textContent).toContain('Of others');
  });

  it('are in a calendar whose address can be made anew', async () => {
    answers['GET /api/calendar'] = () => ({ status: 200, body: { path: '/api/calendar/old.ics' } });
    answers['POST /api/calendar'] = () => ({ status: 200, body: { path: '/api/calendar/new.ics' } });
    await show(<MeetingPanel />);
    const details = root.querySelector<HTMLDetailsElement>('.calendar-feed');
    await act(() => {
      if (details !== null) details.open = true;
      details?.dispatchEvent(new Event('toggle'));
    });
    await settle();
    expect(root.querySelector('.calendar-feed a')?.getAttribute('href')).toMatch(/^webcal:.*\/api\/calendar\/old\.ics$/);
    await press(root, 'Make a new address');
    await press(root.querySelector('dialog') ?? root, 'Make a new address');
    await settle();
    expect(root.querySelector<HTMLInputElement>('.calendar-feed input')?.value).toMatch(/new\.ics$/);
  });
});

describe('booking', () => {
  it('sends what was entered, in the instants of my clock, and tells who is busy', async () => {
    answers['POST /api/bookings'] = () => ({ status: 201, body: { booking: booking(), busy: [someone('cec')], busyCount: 1 } });
    await show(<MeetingPanel />);
    await press(root, 'Book a meeting');
    await type('Subject', '  Article 10 ');
    await type('Day', '2027-03-29');
    await type('Begins at', '10:30');
    await type('Search for people and delegations', 'gha');
    await vi.waitFor(async () => { await act(() => Promise.resolve()); control(root, 'Invite Person cec'); });
    await press(root, 'Invite Person cec');
    await press(root, 'Invite Delegation: Ghana');
    expect(document.activeElement?.getAttribute('type')).toBe('search');
    expect(root.querySelector('.picker__chosen')?.textContent).toContain('Person cec');
    await press(root, 'Book a meeting');
    await settle();
    const start = new Date(2027, 2, 29, 10, 30).getTime();
    expect(posted('POST /api/bookings')).toEqual({
      subject: 'Article 10', languages: ['en'], start, end: start + 30 * MINUTE, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, room: { scene: 'geneva', space: 'arve' }, people: ['cec'], delegations: ['Ghana'],
    } satisfies BookingFields);
    expect(root.textContent).toContain('1 of those invited has something else then: Person cec');
    expect(document.activeElement?.className).toBe('panel__title');
  });

  it('shows what is taken in words, and offers what is free instead', async () => {
    const start = new Date(2027, 2, 29, 10).getTime();
    const offer = { start: start + 60 * MINUTE, end: start + 90 * MINUTE };
    answers['GET /api/bookings/busy'] = () => ({ status: 200, body: { rooms: [{ scene: 'geneva', space: 'arve', busy: [{ start, end: start + 60 * MINUTE, booking: null }] }] } satisfies BusyRooms });
    answers['POST /api/bookings'] = () => ({ status: 409, body: { reason: 'BOOKING_CLASH', free: [offer], rooms: [{ scene: 'geneva', space: 'rhone' }] } satisfies BookingClash });
    await show(<MeetingPanel />);
    await press(root, 'Book a meeting');
    await type('Subject', 'Article 10');
    await type('Day', '2027-03-29');
    await type('Begins at', '10:15');
    await settle();
    expect(root.textContent).toMatch(/Booked: 10:00\s–\s11:00/);
    expect(root.textContent).toContain('Booked at this time');
    await press(root, 'Book a meeting');
    await settle();
    expect([root.querySelector('[role=alert]')?.textContent.includes('The room is booked then.'), document.activeElement?.className]).toEqual([true, 'clash']);
    const take = [...root.querySelectorAll<HTMLButtonElement>('.clash button')];
    expect(take.map(({ textContent }) => textContent).slice(1)).toEqual(['Rhône, Geneva', 'Virtual room']);
    await act(() => { take[0]?.click(); });
    expect([draft.value?.date, draft.value?.time, root.querySelector('[role=alert]')]).toEqual(['2027-03-29', '11:00', null]);
    expect((document.activeElement as HTMLButtonElement).type, 'the focus is where one goes on').toBe('submit');
  });

  it('changes what it was opened with, and says why it could not', async () => {
    store.bookings.value = [booking({ mine: 'organiser', mayChange: true })];
    answers['PUT /api/bookings/b1'] = () => ({ status: 409, body: { reason: 'BOOKING_CHANGED' } });
    await show(<MeetingPanel />);
    await press(root, 'Change: Article 9');
    await press(root, 'Save');
    await settle();
    expect(posted('PUT /api/bookings/b1')).toMatchObject({ revision: 3, fields: { subject: 'Article 9', people: ['ben'], delegations: ['Fiji'] } });
    expect(shownToasts.value.at(-1)?.key).toBe('reason.BOOKING_CHANGED');
    expect(root.textContent).toContain('Change the meeting');
  });

  it('is not sent without a subject or a day', async () => {
    await show(<MeetingPanel />);
    await press(root, 'Book a meeting');
    const submit = root.querySelector<HTMLButtonElement>('button[type=submit]');
    expect(submit?.disabled).toBe(true);
    await type('Subject', 'A');
    expect(submit?.disabled).toBe(false);
    await type('Day', '');
    expect(submit?.disabled).toBe(true);
  });
});

describe('a reminder', () => {
  it('takes one there, or is put aside; not for a meeting that is not there, nor for one where I am', async () => {
    const start = Date.now() + 9.5 * MINUTE;
    store.bookings.value = [booking({ start, end: start + 30 * MINUTE })];
    store.due.value = [{ booking: 'b1', minutes: 10 }, { booking: 'gone', minutes: 1 }];
    await show(<DuePrompt />);
    expect(root.textContent).toBe('');
    store.due.value = [{ booking: 'b1', minutes: 10 }];
    await show(<DuePrompt />);
    expect(root.textContent).toContain('“Article 9” begins in 10 minutes');
    await press(root, 'Take me there');
    await press(root, 'Not now');
    expect(calls).toEqual([{ name: 'attend', args: ['b1'] }, { name: 'dismissDue', args: ['b1'] }]);
    store.talk.value = { id: 't', kind: 'room', booking: 'b1', host: 'ann', named: true, locked: true, members: [], invited: [], knocking: [] };
    await show(<DuePrompt />);
    expect(root.textContent).toBe('');
    store.talk.value = null;
  });
});

describe('the list of places', () => {
  it('says where I cannot go now, in the scene that I see', async () => {
    const place = (id: string, space: string) => ({ id, position: [0, 0, 0], yaw: 0, space });
    store.scene.value = { id: 'geneva', layout: { ...EMPTY_LAYOUT, places: [place('inside', 'arve'), place('bar', 'lounge')] }, venue: { names: {} } } as unknown as SceneFiles;
    const told = (): number => root.textContent.split('This room is booked').length - 1;
    store.closedSpaces.value = { scene: 'geneva', spaces: ['arve'] };
    await show(<PlacesPanel />);
    expect(told()).toBe(1);
    await act(() => { store.closedSpaces.value = { scene: 'marrakesh', spaces: ['arve'] }; });
    expect(told()).toBe(0);
    store.scene.value = null;
  });
});

describe('times', () => {
  it('are those of the event too, where its clocks show others, with the day if that is another', () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const at = Date.UTC(2027, 2, 28, 23, 30);
    const interval = { start: at, end: at + 30 * MINUTE };
    expect(eventTimeText(interval, zone)).toBe('');
    expect(eventTimeText(interval, 'Asia/Kolkata')).toMatch(/^At the event: .*05:00.*\(India Standard Time\)$/);
  });

  it('have lengths in words', () => {
    expect([lengthText(45), lengthText(60), lengthText(90), lengthText(240)]).toEqual(['45 minutes', '1 hour', '90 minutes', '4 hours']);
  });
});
