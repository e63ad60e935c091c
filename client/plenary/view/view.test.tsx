// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlenaryState } from '../../../shared/protocol/plenary/state.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import { COMMENT_MAX_LENGTH } from '../../../shared/protocol/plenary/vocabulary.ts';
import { showLanguage } from '../../ui/i18n.ts';
import { control, press } from '../../ui/testing.ts';
import { shownToasts } from '../../ui/toasts.ts';
import { OfflineError } from '../errors.ts';
import { fakePlenary, participant } from '../testing.ts';
import type { FakePlenary } from '../testing.ts';
import { mountPlenary } from './index.tsx';
import { newsOf } from './observer.ts';
import { plateOf } from './selectors.ts';

const AMINA = participant('amina', 'Senegal', { name: 'Amina Diallo' });
const MOUSSA = participant('moussa', 'Senegal', { name: 'Moussa Fall' });
const JEAN = participant('jean', 'Switzerland', { name: 'Jean Müller' });
const CHAIR = participant('chair', 'Kazakhstan', { name: 'Aigul', role: 'chair' });
const SECRETARY = participant('sec', 'Secretariat', { name: 'Ingrid', role: 'secretariat', entityType: 'secretariat' });
const TECHNICIAN = participant('tech', 'Secretariat', { name: 'Tane', role: 'technician', entityType: 'secretariat' });
const ALL = [AMINA, JEAN, CHAIR, SECRETARY, TECHNICIAN];

let root: HTMLElement;
let unmount: () => void = () => undefined;

const state = (fake: FakePlenary): PlenaryState => fake.store.state.value as PlenaryState;

/** The session as somebody sees it, opened by the chair. */
async function open(me: string, people = ALL): Promise<FakePlenary> {
  const fake = fakePlenary([...people.filter(({ person }) => person === me), ...people.filter(({ person }) => person !== me)]);
  fake.as('chair', { kind: 'preside' });
  fake.as('chair', { kind: 'status', status: 'open' });
  await act(() => { unmount = mountPlenary(root, fake); });
  return fake;
}

async function tab(name: string): Promise<void> {
  await act(() => { document.getElementById(`plenary-tab-${name}`)?.click(); });
}

const text = (): string => root.textContent;
const names = (): string[] => [...root.querySelectorAll('button')].map((button) => (button.getAttribute('aria-label') ?? button.textContent).trim());

beforeAll(() => showLanguage('en'));
beforeEach(() => {
  localStorage.clear();
  root = document.body.appendChild(document.createElement('div'));
});
afterEach(async () => {
  await act(() => { unmount(); });
  root.remove();
});

describe('conversations', () => {
  it('are of one session: in the next one nothing of another is chosen or seen already', async () => {
    const first = await open('amina');
    const said = (key: string): FakePlenary['store']['chat']['value'] => [{ key, thread: 'jean', to: { kind: 'person', id: 'amina' }, from: 'jean', fromName: 'Jean', fromEntity: 'Switzerland', text: 'Bonjour', at: 1, mine: false, status: 'delivered' }];
    await act(() => { first.store.chat.value = said('a'); first.store.thread.value = 'jean'; });
    await tab('chat');
    expect(root.querySelector('#plenary-tab-chat .rail__count')).toBeNull();
    await act(() => { unmount(); });
    const second = await open('amina');
    await act(() => { second.store.chat.value = said('b'); });
    expect(root.querySelector('#plenary-tab-chat .rail__count')?.textContent).toBe('1');
    await tab('chat');
    expect(root.querySelector<HTMLSelectElement>('.chat-panel select')?.value).toBe('everyone');
  });
});

describe('my nameplate', () => {
  it('is raised and lowered, and says my place on the list', async () => {
    const fake = await open('amina');
    await act(() => { fake.as('jean', { kind: 'raise', capacity: 'delegation', onBehalfOf: '' }); });
    await press(root, 'Raise nameplate');
    expect(text()).toContain('Raised · number 2 on the list');
    await press(root, 'Lower nameplate');
    expect(fake.deeds.map(({ kind }) => kind)).toEqual(['raise', 'lower']);
    expect(plateOf(state(fake), AMINA)).toBe('lowered');
  });

  it('with the floor offers to finish, and nothing to raise', async () => {
    const fake = await open('amina');
    await press(root, 'Raise nameplate');
    await act(() => { fake.as('chair', { kind: 'give', entry: state(fake).list.entries[0]?.id ?? '' }); });
    expect(names()).not.toContain('Raise nameplate');
    await press(root, 'I have finished');
    expect(state(fake).floor.turn).toBeNull();
  });

  it('of somebody without an active seat asks for none but a seat', async () => {
    const fake = fakePlenary([MOUSSA, ...ALL]);
    fake.store.state.value = { ...state(fake), seats: { Senegal: { entity: 'Senegal', active: ['amina'] } } };
    await act(() => { unmount = mountPlenary(root, fake); });
    expect(plateOf(state(fake), MOUSSA)).toBe('passive');
    expect(names()).not.toContain('Raise nameplate');
    await press(root.querySelector('.nameplate') as HTMLElement, 'Take an active seat');
    expect(state(fake).seats['Senegal']?.active).toEqual(['amina', 'moussa']);
  });

  it('waits while the list is closed, but a reply may be asked for', async () => {
    const fake = await open('amina');
    await act(() => { fake.as('chair', { kind: 'list', open: false }); });
    expect((control(root, 'Raise nameplate') as HTMLButtonElement).disabled).toBe(true);
    await press(root, 'Other capacity, reply');
    await press(root, 'Ask for a right of reply');
    expect(state(fake).list.entries).toMatchObject([{ kind: 'reply' }]);
  });

  it('raises motions in their order of precedence, each asked about', async () => {
    const fake = await open('amina');
    await press(root, 'Point of order, motion');
    const offered = [...root.querySelectorAll('.choice__title')].map((each) => each.textContent);
    expect(offered[0]).toBe('Point of order');
    expect(offered.at(-1)).toBe('Other motion');
    await press(root, 'Point of order');
    expect(state(fake).motions).toEqual([]);
    await press(root, 'Raise it');
    expect(state(fake).motions).toMatchObject([{ kind: 'pointOfOrder', speaker: { entity: 'Senegal' } }]);
  });
});

describe('who conducts the session', () => {
  it('is shown what conducts it, and nobody else is', async () => {
    await open('amina');
    expect(names()).not.toContain('Close the list');
    await tab('meeting');
    expect(text()).not.toContain('Begin a closed part');
  });

  it('gives the floor to whoever is next, and takes it back', async () => {
    const fake = await open('chair');
    await act(() => { fake.as('jean', { kind: 'raise', capacity: 'delegation', onBehalfOf: '' }); });
    await press(root, 'Give the floor to Switzerland');
    expect(state(fake).floor.turn?.speaker.person).toBe('jean');
    await press(root, 'Speak from the chair');
    await press(root, 'Back to Switzerland');
    expect(state(fake).floor.turn?.speaker.person).toBe('jean');
    await press(root, 'Withdraw the floor');
    expect(state(fake).floor.turn).toBeNull();
  });

  it('admits technicians to a closed part one by one', async () => {
    const fake = await open('chair');
    await tab('meeting');
    await press(root, 'Begin a closed part');
    await press(root, 'Close the doors');
    expect(state(fake).meeting.closed).toBe(true);
    expect(text()).toContain('nobody outside sees or hears it');
    const admit = () => [...root.querySelectorAll<HTMLInputElement>('input[role=switch]')].find((each) => each.closest('.switch-row')?.textContent.includes('Tane') === true);
    expect(fake.store.attendance.value.people.map(({ id }) => id)).not.toContain('tech');
    await act(() => { admit()?.click(); });
    expect(state(fake).meeting.admitted).toEqual(['tech']);
    await act(() => { admit()?.click(); });
    expect(state(fake).meeting.admitted).toEqual([]);
  });

  it('sets up interpreters’ booths: six at once, or one by one, and removes one when it is sure', async () => {
    const fake = await open('chair');
    await tab('meeting');
    await press(root, 'One booth for each of the six languages');
    expect(Object.values(state(fake).booths).map(({ languages }) => languages)).toEqual([['en'], ['fr'], ['es'], ['ru'], ['zh'], ['ar']]);
    await press(root, 'Remove the booth: English');
    await press(document.body, 'Remove the booth');
    expect(Object.values(state(fake).booths)).toHaveLength(5);
    await press(root, 'Add a booth');
    await act(() => { for (const label of ['Français', 'Русский']) [...document.querySelectorAll('label')].find((each) => each.textContent.trim() === label)?.click(); });
    await press(document.body, 'Save');
    expect(Object.values(state(fake).booths).at(-1)).toMatchObject({ name: 'Français and Русский', languages: ['fr', 'ru'] });
  });

  it('is told what was refused, and what was not sent at all', async () => {
    const fake = await open('chair');
    const answers = [new ReasonedError('NO_FLOOR'), new OfflineError(false)];
    fake.act = () => Promise.reject(answers.shift() ?? new Error('one press too many'));
    await press(root, 'Speak from the chair');
    await press(root, 'Speak from the chair');
    expect(shownToasts.value.map(({ key }) => key)).toEqual(['reason.NO_FLOOR', 'plenary.offline.refused']);
    expect(state(fake).floor.turn).toBeNull();
  });
});

describe('the agenda', () => {
  async function withItem(me: string): Promise<FakePlenary> {
    const fake = await open(me);
    await act(() => { fake.as('chair', { kind: 'putItem', item: null, number: 'PL-1', title: 'Accounts', group: 'approved', minutes: 10, documents: [] }); });
    await tab('agenda');
    return fake;
  }

  it('takes a comment of half a page, and no longer one', async () => {
    const fake = await withItem('amina');
    const box = [...root.querySelectorAll('textarea')].find((each) => each.closest('.field')?.textContent.includes('Comment of our delegation') === true) as HTMLTextAreaElement;
    const write = async (value: string): Promise<void> => {
      await act(() => {
        box.value = value;
        box.dispatchEvent(new Event('input', { bubbles: true }));
      });
    };
    await write('字'.repeat(COMMENT_MAX_LENGTH / 2 + 1));
    expect((control(root, 'Put on record') as HTMLButtonElement).disabled).toBe(true);
    expect(text()).toContain('Characters too many: 2');
    await write('We thank the auditors.');
    await press(root, 'Put on record');
    expect(Object.values(state(fake).items)[0]?.comments).toMatchObject([{ text: 'We thank the auditors.' }]);
  });

  it('shows a proposed conclusion to all, and one objection defers it', async () => {
    const fake = await withItem('amina');
    await act(() => { fake.as('chair', { kind: 'conclude', items: [Object.keys(state(fake).items)[0] ?? ''], text: 'Approved.', seconds: 60 }); });
    expect(text()).toContain('Proposed conclusion on PL-1');
    await press(root, 'Object');
    expect(text()).toContain('One state is enough');
    const question = document.querySelector('dialog') as HTMLElement;
    await press(question, 'Object');
    expect(Object.values(state(fake).conclusions)).toMatchObject([{ status: 'objected', by: { entity: 'Senegal' } }]);
    expect(root.querySelector('.window')).toBeNull();
  });
});

describe('the record', () => {
  it('tells every fact that a session makes, in words', async () => {
    const fake = await open('sec');
    await act(() => {
      fake.as('amina', { kind: 'raise', capacity: 'group', onBehalfOf: 'African Group' });
      fake.as('chair', { kind: 'give', entry: state(fake).list.entries[0]?.id ?? '' });
      fake.as('jean', { kind: 'move', motion: 'closeDebate', text: '' });
      fake.as('chair', { kind: 'settle', motion: state(fake).motions[0]?.id ?? '', outcome: 'rejected' });
      fake.as('chair', { kind: 'callQuorum' });
    });
    await tab('record');
    expect(text()).toContain('Amina Diallo, Senegal spoke on behalf of the group African Group.');
    expect(text()).toContain('Closure of the debate of Jean Müller, Switzerland: rejected.');
    expect(text()).toContain('Quorum: 2 member states present');
    expect(text()).not.toMatch(/plenary\.|\{\{/);
  });
});

describe('what screen readers are told', () => {
  const told = async (me: string, happens: (fake: FakePlenary) => void): Promise<string[]> => {
    const fake = await open(me);
    const before = state(fake);
    happens(fake);
    const who = fake.store.me.value ?? AMINA;
    return newsOf(before, state(fake), who).map(({ text: words, urgency }) => `${urgency}: ${words}`);
  };
  const give = (fake: FakePlenary): void => {
    fake.as('amina', { kind: 'raise', capacity: 'delegation', onBehalfOf: '' });
    fake.as('chair', { kind: 'give', entry: state(fake).list.entries[0]?.id ?? '' });
  };

  it('is at once that I have the floor and am heard', async () => {
    expect(await told('amina', give)).toEqual(['assertive: You have the floor.', 'assertive: Your microphone is open.']);
  });

  it('is in time that somebody else has it', async () => {
    expect(await told('jean', give)).toEqual(['polite: Amina Diallo, Senegal has the floor, on behalf of Senegal.']);
  });

  it('is a point of order to the chair at once, to the others in time', async () => {
    const move = (fake: FakePlenary): void => { fake.as('jean', { kind: 'move', motion: 'pointOfOrder', text: '' }); };
    expect(await told('chair', move)).toEqual(['assertive: Point of order: Jean Müller, Switzerland.']);
    await act(() => { unmount(); });
    expect(await told('amina', move)).toEqual(['polite: Point of order: Jean Müller, Switzerland.']);
  });

  it('is a closed part, a closed list and my place', async () => {
    expect(await told('amina', (fake) => { fake.as('chair', { kind: 'closedPart', on: true }); })).toEqual(['assertive: Closed part: nobody outside sees or hears it, and nothing is recorded.']);
    await act(() => { unmount(); });
    expect(await told('amina', (fake) => {
      fake.as('amina', { kind: 'raise', capacity: 'delegation', onBehalfOf: '' });
      fake.as('chair', { kind: 'list', open: false });
    })).toEqual(['polite: The speakers’ list is closed.', 'polite: You are number 1 on the list.']);
  });
});
