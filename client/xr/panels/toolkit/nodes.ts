/** What a panel shows, as a tree that is built anew when something of it changes. What lasts (hover, scrolling) is known by ids and keys. Lengths are pixels of the canvas. */
import type { TextSize } from './units.ts';
import type { Tone } from './theme.ts';

/** Something that can be pressed. `id` is the same from tree to tree, and unique in it. */
export interface Press {
  readonly id: string;
  readonly run?: (() => void) | undefined;
  /** Pressed for long. */
  readonly hold?: (() => void) | undefined;
  /** Pressed or drawn along: 0..1 from the start of the line of reading. */
  readonly slide?: ((fraction: number) => void) | undefined;
  readonly disabled?: boolean | undefined;
}

interface Common {
  /** Share of what is left over along the parent; without it, as much as the content takes. */
  readonly grow?: number | undefined;
  readonly width?: number | undefined;
}

export interface TextNode extends Common {
  readonly kind: 'text';
  readonly text: string;
  readonly size: TextSize;
  readonly weight: 400 | 600 | 700;
  readonly tone: Tone;
  readonly align: 'start' | 'middle' | 'end';
  /** Written by people, in whatever direction it runs; else it runs as the interface does. */
  readonly own: boolean;
  /** Em in pixels, for captions; else that of `size`. */
  readonly pixels?: number | undefined;
  /** Known otherwise than by its letters. */
  readonly direction?: 'ltr' | 'rtl' | undefined;
  /** With a dark edge, for letters without a ground. */
  readonly edged?: boolean | undefined;
}

export interface IconNode extends Common {
  readonly kind: 'icon';
  readonly name: string;
  readonly pixels: number;
  readonly tone: Tone;
  /** Turned clockwise, radians. */
  readonly turn: number;
}

export interface PictureNode extends Common {
  readonly kind: 'picture';
  readonly address: string;
  readonly pixels: readonly [width: number, height: number];
  readonly round: boolean;
  /** Until it is loaded, or for good. */
  readonly initials: string;
}

/** How far something is: of a recording, of a volume. */
export interface BarNode extends Common {
  readonly kind: 'bar';
  readonly fraction: number;
  readonly tone: Tone;
  readonly knob: boolean;
  readonly height: number;
}

interface Boxed extends Common {
  readonly children: readonly Node[];
  readonly gap: number;
  readonly padding: readonly [vertical: number, horizontal: number];
  readonly fill?: Tone | undefined;
  readonly outline?: Tone | undefined;
  readonly outlineWidth?: number | undefined;
  readonly radius: number;
  readonly minHeight: number;
  readonly press?: Press | undefined;
}

export interface ColumnNode extends Boxed {
  readonly kind: 'column';
  /** Where the content stands in a column that is higher. */
  readonly justify: 'start' | 'middle';
}

export interface RowNode extends Boxed {
  readonly kind: 'row';
  /** What does not fit goes into a further line. */
  readonly wrap: boolean;
  readonly justify: 'start' | 'middle' | 'end';
  /** Children are as high as the highest. */
  readonly stretch: boolean;
}

/** Cells of one width; as many in a line as fit without breaking a text of theirs, `columns` at most. */
export interface GridNode extends Boxed {
  readonly kind: 'grid';
  readonly columns: number;
}

export interface ScrollNode extends Common {
  readonly kind: 'scroll';
  /** By which its place is remembered. */
  readonly key: string;
  readonly child: Node;
  /** Stays at its end while nobody scrolls. */
  readonly fromEnd: boolean;
}

export type Node = TextNode | IconNode | PictureNode | BarNode | ColumnNode | RowNode | GridNode | ScrollNode;

type Options<T> = { readonly [K in Exclude<keyof T, 'kind' | 'children'>]?: T[K] | undefined };

/** Options that are given: a wish that is undefined is none. */
function given<T extends object>(options: T): { readonly [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { readonly [K in keyof T]: Exclude<T[K], undefined> };
}

/** Things that may be left out: `when && node` in a list of children. */
export type Child = Node | null | false | undefined;

export function present(children: readonly Child[]): readonly Node[] {
  return children.filter((child): child is Node => child !== null && child !== false && child !== undefined);
}

const BOXED = { gap: 12, padding: [0, 0], radius: 0, minHeight: 0 } as const;

export function text(value: string, options: Options<TextNode> = {}): TextNode {
  return { kind: 'text', text: value, size: 'body', weight: 400, tone: 'text', align: 'start', own: false, ...given(options) };
}

export function icon(name: string, options: Options<IconNode> = {}): IconNode {
  return { kind: 'icon', name, pixels: 34, tone: 'text', turn: 0, ...given(options) };
}

export function picture(address: string, options: Options<PictureNode> = {}): PictureNode {
  return { kind: 'picture', address, pixels: [64, 64], round: true, initials: '', ...given(options) };
}

export function bar(fraction: number, options: Options<BarNode> = {}): BarNode {
  return { kind: 'bar', fraction, tone: 'accent', knob: false, height: 14, ...given(options) };
}

export function column(children: readonly Child[], options: Options<ColumnNode> = {}): ColumnNode {
  return { kind: 'column', ...BOXED, justify: 'start', ...given(options), children: present(children) };
}

export function row(children: readonly Child[], options: Options<RowNode> = {}): RowNode {
  return { kind: 'row', ...BOXED, wrap: false, justify: 'start', stretch: false, ...given(options), children: present(children) };
}

/** A row that goes on in further lines. */
export function flow(children: readonly Child[], options: Options<RowNode> = {}): RowNode {
  return row(children, { wrap: true, ...options });
}

export function grid(columns: number, children: readonly Child[], options: Options<GridNode> = {}): GridNode {
  return { kind: 'grid', ...BOXED, columns, ...given(options), children: present(children) };
}

export function scroll(key: string, children: readonly Child[], options: { readonly fromEnd?: boolean; readonly gap?: number } = {}): ScrollNode {
  return { kind: 'scroll', key, child: column(children, { gap: options.gap ?? 14 }), fromEnd: options.fromEnd ?? false, grow: 1 };
}
