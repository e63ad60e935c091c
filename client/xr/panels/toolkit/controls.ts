/** What pages are made of. */
import { bar, column, flow, grid, icon, picture, row, text } from './nodes.ts';
import type { Child, Node } from './nodes.ts';
import type { Tone } from './theme.ts';
import { LEAST_TARGET } from './units.ts';

export const RADIUS = 16;

export type ButtonTone = 'plain' | 'primary' | 'good' | 'danger' | 'private' | 'quiet';

const TONES: Readonly<Record<ButtonTone, { readonly fill: Tone; readonly ink: Tone; readonly outline?: Tone }>> = {
  plain: { fill: 'raised', ink: 'text', outline: 'control' },
  primary: { fill: 'accent', ink: 'onAccent' },
  good: { fill: 'good', ink: 'onGood' },
  danger: { fill: 'badSoft', ink: 'bad', outline: 'bad' },
  private: { fill: 'private', ink: 'onPrivate' },
  quiet: { fill: 'surface', ink: 'accent' },
};

export interface ButtonOptions {
  readonly icon?: string | undefined;
  readonly tone?: ButtonTone | undefined;
  readonly disabled?: boolean | undefined;
  readonly grow?: number | undefined;
  readonly align?: 'start' | 'middle' | undefined;
  readonly height?: number | undefined;
  readonly badge?: number | undefined;
}

/** `id` says what is pressed and on what: "block:p1". */
export function button(id: string, label: string, run: () => void, options: ButtonOptions = {}): Node {
  const { fill, ink, outline } = TONES[options.tone ?? 'plain'];
  const start = options.align === 'start';
  return row([
    options.icon === undefined ? null : icon(options.icon, { tone: ink }),
    text(label, { weight: 600, tone: ink, align: start ? 'start' : 'middle', grow: start ? 1 : undefined }),
    options.badge !== undefined && options.badge > 0 && badge(options.badge, fill !== 'raised' && fill !== 'surface'),
  ], {
    padding: [10, 20], gap: 12, radius: RADIUS, fill, outline, minHeight: options.height ?? LEAST_TARGET, justify: start ? 'start' : 'middle', grow: options.grow,
    press: { id, run, disabled: options.disabled },
  });
}

/** Only a sign; where it stands says what it does, or a text beside it. */
export function iconButton(id: string, name: string, run: () => void, options: { readonly tone?: ButtonTone; readonly disabled?: boolean; readonly size?: number } = {}): Node {
  const { fill, ink, outline } = TONES[options.tone ?? 'plain'];
  const size = options.size ?? LEAST_TARGET;
  return row([icon(name, { tone: ink })], { radius: RADIUS, fill, outline, width: size, minHeight: size, justify: 'middle', press: { id, run, disabled: options.disabled } });
}

/** `on`: on a ground of the accent's colour. */
export function badge(count: number, on = false): Node {
  return row([text(String(Math.min(count, 99)), { weight: 700, tone: on ? 'accent' : 'onAccent', align: 'middle' })], { fill: on ? 'onAccent' : 'accent', radius: 20, padding: [0, 11], minHeight: 40, justify: 'middle' });
}

/** A switch with what it does beside it. */
export function toggle(id: string, label: string, on: boolean, options: { readonly hint?: string; readonly change: (on: boolean) => void }): Node {
  const knob = row([], { width: 34, minHeight: 34, radius: 17, fill: on ? 'onAccent' : 'text' });
  return row([
    column([text(label, { weight: 600 }), options.hint !== undefined && text(options.hint, { tone: 'quiet' })], { gap: 2, grow: 1 }),
    row([knob], { width: 78, minHeight: 44, radius: 22, padding: [5, 5], fill: on ? 'accent' : 'surface', outline: on ? 'accent' : 'control', justify: on ? 'end' : 'start' }),
  ], { padding: [12, 18], gap: 18, radius: RADIUS, fill: 'raised', minHeight: LEAST_TARGET, press: { id, run: () => { options.change(!on); } } });
}

export interface Choice<T> {
  readonly value: T;
  readonly text: string;
  readonly hint?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** One of several. */
export function choice<T extends string | number>(id: string, label: string, value: T, options: { readonly choices: readonly Choice<T>[]; readonly columns?: number; readonly change: (value: T) => void }): Node {
  const cells = options.choices.map((each) => {
    const on = each.value === value;
    return column([
      text(each.text, { weight: 600, tone: on ? 'onAccent' : 'text', align: 'middle' }),
      each.hint !== undefined && text(each.hint, { tone: on ? 'onAccent' : 'quiet', align: 'middle' }),
    ], {
      padding: [12, 14], gap: 2, radius: RADIUS, fill: on ? 'accent' : 'raised', outline: on ? 'accent' : 'control', minHeight: LEAST_TARGET, justify: 'middle',
      press: { id: `${id}:${each.value}`, run: () => { options.change(each.value); }, disabled: each.disabled },
    });
  });
  return column([label !== '' && text(label, { tone: 'quiet', weight: 600 }), grid(options.columns ?? cells.length, cells, { gap: 10 })], { gap: 8 });
}

/** 0..1, drawn along. */
export function slider(id: string, label: string, fraction: number, options: { readonly value: string; readonly change: (fraction: number) => void }): Node {
  return column([
    row([text(label, { weight: 600, grow: 1 }), text(options.value, { tone: 'quiet' })]),
    column([bar(fraction, { knob: true })], { padding: [24, 16], press: { id, slide: options.change }, radius: RADIUS, minHeight: LEAST_TARGET }),
  ], { gap: 0, padding: [12, 18], fill: 'raised', radius: RADIUS });
}

export interface Tab<T> {
  readonly value: T;
  readonly text: string;
  readonly icon?: string | undefined;
  readonly badge?: number | undefined;
}

/** The parts of a page. */
export function tabs<T extends string>(id: string, value: T, all: readonly Tab<T>[], change: (value: T) => void): Node {
  return flow(all.map((each) => {
    const on = each.value === value;
    return row([
      each.icon !== undefined && icon(each.icon, { tone: on ? 'onAccent' : 'text', pixels: 30 }),
      text(each.text, { weight: 600, tone: on ? 'onAccent' : 'text' }),
      each.badge !== undefined && each.badge > 0 && badge(each.badge, on),
    ], { padding: [8, 18], gap: 10, radius: 30, fill: on ? 'accent' : 'raised', minHeight: LEAST_TARGET, press: { id: `${id}:${each.value}`, run: () => { change(each.value); } } });
  }), { gap: 10 });
}

/** A short mark beside a name. */
export function tag(label: string, options: { readonly icon?: string | undefined; readonly tone?: 'quiet' | 'good' | 'warn' | 'bad' | 'private' | 'accent' } = {}): Node {
  const tone = options.tone ?? 'quiet';
  const soft: Readonly<Record<typeof tone, Tone>> = { quiet: 'surface', good: 'goodSoft', warn: 'warnSoft', bad: 'badSoft', private: 'privateSoft', accent: 'accentSoft' };
  return row([options.icon !== undefined && icon(options.icon, { tone, pixels: 26 }), text(label, { tone })], { gap: 8, padding: [3, 12], radius: 12, fill: soft[tone], outline: tone });
}

/** A line that tells something, with a sign before it. */
export function note(sign: string, label: string, tone: 'quiet' | 'good' | 'warn' | 'bad' | 'private' | 'accent', children: readonly Child[] = []): Node {
  const soft: Readonly<Record<typeof tone, Tone>> = { quiet: 'raised', good: 'goodSoft', warn: 'warnSoft', bad: 'badSoft', private: 'privateSoft', accent: 'accentSoft' };
  return column([
    row([icon(sign, { tone }), text(label, { grow: 1, weight: 600, tone: tone === 'quiet' ? 'text' : tone })], { gap: 14 }),
    children.length > 0 && flow(children, { gap: 10, stretch: true }),
  ], { padding: [16, 18], gap: 14, radius: RADIUS, fill: soft[tone], outline: tone === 'quiet' ? 'outline' : tone });
}

/** Title of a part of a page. */
export function heading(label: string, beside?: Child): Node {
  return row([text(label, { weight: 700, size: 'large', grow: 1 }), beside], { padding: [6, 0] });
}

export function hint(label: string): Node {
  return text(label, { tone: 'quiet' });
}

/** A person's face or initials, name, delegation, and marks below. */
export function personLine(person: { readonly name: string; readonly entity: string; readonly country: string; readonly portrait: string; readonly initials: string }, options: { readonly marks?: readonly Child[]; readonly end?: Child } = {}): Node {
  const marks = options.marks?.filter((mark) => mark !== null && mark !== false && mark !== undefined) ?? [];
  return row([
    picture(person.portrait, { initials: person.initials, pixels: [72, 72] }),
    column([
      text(person.name, { weight: 600, own: true }),
      row([person.country !== '' && picture(`/flags/${person.country}.svg`, { pixels: [36, 27], round: false }), text(person.entity, { tone: 'quiet', own: true, grow: 1 })], { gap: 10 }),
      marks.length > 0 && flow(marks, { gap: 8 }),
    ], { gap: 3, grow: 1 }),
    options.end,
  ], { gap: 16 });
}
