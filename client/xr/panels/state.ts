import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Language, MicState } from '../../../shared/protocol/vocabulary.ts';
import type { PanelsDeps } from '../../app/headset/panel-deps.ts';

/** What the main panel shows. `person` and `seat` are of something that was pointed at. */
export type PageName = 'people' | 'person' | 'places' | 'talk' | 'hearers' | 'chat' | 'session' | 'settings' | 'seat' | 'sight';
export type SessionTab = 'floor' | 'list' | 'sound' | 'captions' | 'agenda' | 'chair';

/** A line of text that is being typed. */
export interface Field {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** In UTF-16 code units. */
  readonly caret: number;
  readonly most: number;
  /** What the key for it says; null: every change counts at once. */
  readonly submit: ((text: string) => void) | null;
  readonly change: ((text: string) => void) | null;
}

/** Asked before something is done that others feel, or that cannot be undone. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly danger: boolean;
  readonly act: () => void;
}

/** A document, or a long text, that is being read. */
export interface Reading {
  readonly title: string;
  /** Null while it is being fetched; empty: it cannot be read here. */
  readonly paragraphs: readonly string[] | null;
}

/** What only the panels remember. */
export interface PanelState {
  readonly wrist: Signal<boolean>;
  /** Null: the main panel is away. */
  readonly page: Signal<PageName | null>;
  readonly person: Signal<string>;
  readonly seat: Signal<string>;
  readonly thread: Signal<string>;
  readonly tab: Signal<SessionTab>;
  readonly item: Signal<string | null>;
  readonly reading: Signal<Reading | null>;
  readonly question: Signal<Question | null>;
  readonly field: Signal<Field | null>;
  readonly search: Signal<string>;
  /** Of whose voice I have changed the volume last. */
  readonly volume: Signal<{ readonly person: string; readonly volume: number } | null>;
  /** Rows of people that are shown. */
  readonly shown: Signal<number>;
  /** Whom to invite into a talk. */
  readonly chosen: Signal<ReadonlySet<string>>;
  /** Of the keyboard, if another one than that of the interface was chosen. */
  readonly language: Signal<Language | null>;
  readonly shift: Signal<boolean>;
  readonly symbols: Signal<boolean>;
  /** The letter whose accents are offered. */
  readonly behind: Signal<string | null>;
  /** Whole seconds, for clocks: written only while one is to be seen. */
  readonly second: Signal<number>;
}

function createState(): PanelState {
  return {
    wrist: signal(false), page: signal(null), person: signal(''), seat: signal(''), thread: signal('near'), tab: signal('floor'), item: signal(null), reading: signal(null),
    question: signal(null), field: signal(null), search: signal(''), volume: signal(null), shown: signal(ROWS), chosen: signal(new Set<string>()), language: signal(null), shift: signal(false), symbols: signal(false), behind: signal(null), second: signal(0),
  };
}

/** Rows of a list at first, and with every "more". */
export const ROWS = 20;

/** What every page is built with. */
export interface Kit {
  readonly deps: PanelsDeps;
  readonly state: PanelState;
  /** My microphone without what changes 20 times a second: whoever reads this is painted anew as seldom as it changes. */
  readonly microphone: { readonly state: ReadonlySignal<MicState>; readonly loudness: ReadonlySignal<number> };
}

/** Loudness in steps: what shows it is painted anew for each, so there are few. */
const LOUDNESS_STEPS = 5;

export function createKit(deps: PanelsDeps): Kit {
  const { mic } = deps.venue.store;
  return {
    deps, state: createState(),
    microphone: { state: computed(() => mic.value.state), loudness: computed(() => Math.min(LOUDNESS_STEPS, Math.ceil(mic.value.level * LOUDNESS_STEPS * 2)) / LOUDNESS_STEPS) },
  };
}

/** Shows a page, from its beginning. */
export function openPage({ state }: Kit, page: PageName): void {
  state.question.value = null;
  state.reading.value = null;
  closeField(state);
  if (page === 'people') state.shown.value = ROWS;
  state.page.value = page;
}

export function closeMain({ state }: Kit): void {
  state.page.value = null;
  state.question.value = null;
  closeField(state);
}

export function closeField(state: PanelState): void {
  state.field.value = null;
  state.shift.value = false;
  state.symbols.value = false;
  state.behind.value = null;
}

export function openThread(kit: Kit, thread: string): void {
  kit.state.thread.value = thread;
  openPage(kit, 'chat');
}

export function ask({ state }: Kit, question: Omit<Question, 'danger'> & { readonly danger?: boolean }): void {
  closeField(state);
  state.question.value = { danger: false, ...question };
}
