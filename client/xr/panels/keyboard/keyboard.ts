import { iconButton } from '../toolkit/controls.ts';
import { column, icon, row, text } from '../toolkit/nodes.ts';
import type { Node } from '../toolkit/nodes.ts';
import type { Tone } from '../toolkit/theme.ts';
import { closeField } from '../state.ts';
import type { Kit } from '../state.ts';
import { erase, finish, step, type } from './field.ts';
import { BEHIND, DIGITS, LAYOUTS, SYMBOLS, TYPED, typedFor } from './layouts.ts';
import type { Typed } from './layouts.ts';

const HEIGHT = 68;
const GAP = 8;

interface KeyOptions {
  readonly grow?: number;
  readonly fill?: Tone;
  readonly ink?: Tone;
  readonly hold?: (() => void) | undefined;
}

function key(id: string, label: string, run: () => void, { grow = 1, fill = 'raised', ink = 'text', hold }: KeyOptions = {}): Node {
  return row([text(label, { size: 'large', weight: 600, align: 'middle', tone: ink, own: true })], { grow, minHeight: HEIGHT, radius: 12, fill, outline: fill === 'surface' ? 'outline' : undefined, justify: 'middle', press: { id: `key:${id}`, run, hold } });
}

function signKey(id: string, sign: string, run: () => void, { grow = 1, fill = 'surface', ink = 'text' }: KeyOptions = {}): Node {
  return row([icon(sign, { tone: ink })], { grow, minHeight: HEIGHT, radius: 12, fill, outline: 'control', justify: 'middle', press: { id: `key:${id}`, run } });
}

export function typedNow({ state, deps }: Kit): Typed {
  return typedFor(state.language.value ?? deps.settings.value.language);
}

/** One letter; pressed for long, it offers what lies behind it in the row above. */
function letterKey(kit: Kit, letter: string): Node {
  const { state } = kit;
  const language = typedNow(kit);
  const shown = state.shift.value && LAYOUTS[language].cased ? letter.toLocaleUpperCase(language) : letter;
  const behind = BEHIND[letter];
  return key(letter, shown, () => {
    type(kit, shown);
    state.shift.value = false;
    state.behind.value = null;
  }, { hold: behind === undefined ? undefined : () => { state.behind.value = letter; } });
}

function typing(kit: Kit, id: string, all: readonly string[], fill: Tone = 'raised'): Node {
  const { state } = kit;
  const language = typedNow(kit);
  return row(all.map((each) => {
    const shown = state.shift.value && LAYOUTS[language].cased ? each.toLocaleUpperCase(language) : each;
    // A mark that stands on a letter is shown on a dotted circle.
    return key(`${id}:${each}`, /^\p{M}/u.test(shown) ? `\u25cc${shown}` : shown, () => {
      type(kit, shown);
      state.behind.value = null;
    }, { fill });
  }), { gap: GAP });
}

function strip(kit: Kit): Node {
  const { behind } = kit.state;
  const offered = behind.value === null ? undefined : BEHIND[behind.value];
  return offered === undefined ? typing(kit, 'strip', LAYOUTS[typedNow(kit)].strip, 'surface') : typing(kit, 'behind', [...offered], 'accentSoft');
}

function otherLanguage(kit: Kit): void {
  kit.state.language.value = TYPED[(TYPED.indexOf(typedNow(kit)) + 1) % TYPED.length] ?? 'en';
  kit.state.behind.value = null;
}

function letters(kit: Kit): readonly Node[] {
  const { state } = kit;
  const layout = LAYOUTS[typedNow(kit)];
  const symbols = state.symbols.value;
  const [first, second, third] = symbols ? SYMBOLS : layout.rows;
  const keys = (all: readonly string[]): readonly Node[] => all.map((each) => letterKey(kit, each));
  const on = state.shift.value;
  const shift = layout.cased && !symbols ? [signKey('shift', 'shift', () => { state.shift.value = !on; }, { grow: 1.4, fill: on ? 'accent' : 'surface', ink: on ? 'onAccent' : 'text' })] : [];
  return [
    row(keys(first), { gap: GAP }),
    row(keys(second), { gap: GAP, padding: [0, second.length < first.length ? 24 : 0] }),
    row([...shift, ...keys(third), signKey('erase', 'backspace', () => { erase(kit); }, { grow: 1.6 })], { gap: GAP }),
  ];
}

function bottom(kit: Kit): Node {
  const { state, deps } = kit;
  const language = typedNow(kit);
  const symbols = state.symbols.value;
  const sends = state.field.value?.submit !== null;
  return row([
    iconButton('key:close', 'close', () => { closeField(state); }, { size: HEIGHT }),
    key('symbols', symbols ? 'ABC' : '?#+', () => { state.symbols.value = !symbols; }, { grow: 1.3, fill: 'surface' }),
    key('language', language.toUpperCase(), () => { otherLanguage(kit); }, { grow: 1.2, fill: 'surface' }),
    signKey('back', language === 'ar' ? 'right' : 'left', () => { step(kit, false); }),
    key('space', deps.texts.languageNames[language], () => { type(kit, ' '); }, { grow: 4.5, ink: 'quiet' }),
    signKey('forth', language === 'ar' ? 'left' : 'right', () => { step(kit, true); }),
    key('stop', '.', () => { type(kit, '.'); }, { grow: 0.9 }),
    signKey('finish', sends ? 'send' : 'check', () => { finish(kit); }, { grow: 1.6, fill: 'accent', ink: 'onAccent' }),
  ], { gap: GAP });
}

/** Keys lie as on a keyboard, so they are not mirrored where one reads from right to left: what the painter mirrors is turned round before. */
function unmirrored(kit: Kit, node: Node): Node {
  if (kit.deps.texts.language.value !== 'ar') return node;
  return node.kind === 'row' ? { ...node, children: node.children.toReversed() } : node;
}

export function keyboardPanel(kit: Kit): Node {
  const rows = [strip(kit), typing(kit, 'digit', DIGITS), ...letters(kit), bottom(kit)];
  return column(rows.map((each) => unmirrored(kit, each)), { padding: [20, 20], gap: GAP, radius: 28, fill: 'surface', outline: 'outline' });
}
