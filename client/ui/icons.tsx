/** Our own icons: 24 px grid, 1.75 px strokes, round ends. Each is a list of path data. */
const PATHS = {
  mic: ['M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3z', 'M5 11a7 7 0 0 0 14 0', 'M12 18v3'],
  micOff: ['M9 9.2V11a3 3 0 0 0 4.6 2.5', 'M15 10.5V6a3 3 0 0 0-5.7-1.3', 'M5 11a7 7 0 0 0 10.8 5.9', 'M19 11a7 7 0 0 1-.8 3.2', 'M12 18v3', 'M4 3.5l16.5 17'],
  headphones: ['M4 15v-3a8 8 0 0 1 16 0v3', 'M4 14h3.2v6H5.5A1.5 1.5 0 0 1 4 18.5z', 'M20 14h-3.2v6h1.7a1.5 1.5 0 0 0 1.5-1.5z'],
  headphonesOff: ['M4 15v-3a8 8 0 0 1 2.6-5.9', 'M9.6 4.4A8 8 0 0 1 20 12v3', 'M4 14h3.2v6H5.5A1.5 1.5 0 0 1 4 18.5z', 'M20 14h-3', 'M4 3.5l16.5 17'],
  hand: ['M7.5 12.5V6.2a1.45 1.45 0 0 1 2.9 0V11', 'M10.4 11V4.4a1.45 1.45 0 0 1 2.9 0V11', 'M13.3 11V5.2a1.45 1.45 0 0 1 2.9 0V12', 'M16.2 12V8a1.4 1.4 0 0 1 2.8 0v6a7 7 0 0 1-7 7c-2.7 0-4.3-1.2-5.5-3.3L4 13.6a1.5 1.5 0 0 1 2.5-1.6l1 1.4'],
  smile: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M8.4 14.3a4.4 4.4 0 0 0 7.2 0', 'M9 9.5h.01', 'M15 9.5h.01'],
  clap: ['M9.5 20.5c-2.5 0-4-1-5-3L3 14.2c-.8-1.7 1.4-2.8 2.4-1.2l.9 1.5V8.6c0-1.8 2.5-1.8 2.5 0V12', 'M8.8 12V6.2c0-1.8 2.6-1.8 2.6 0V12', 'M11.4 12V7.4c0-1.8 2.6-1.8 2.6 0v7.1c0 3.6-1.6 6-4.5 6', 'M17.5 4.5l-1 1.8', 'M21 8l-2 .8', 'M20.5 13l-2-.4'],
  chair: ['M7 4v8.5', 'M17 4v8.5', 'M7 5.5h10', 'M5.5 12.5h13v3.5h-13z', 'M7.5 16v4.5', 'M16.5 16v4.5'],
  person: ['M12 3.2a2.1 2.1 0 1 0 0 4.2 2.1 2.1 0 0 0 0-4.2z', 'M8 11.5l2-1.6h4l2 1.6', 'M12 9.9v5.1', 'M12 15l-2.3 6', 'M12 15l2.3 6'],
  chat: ['M5.5 4.5h13A1.5 1.5 0 0 1 20 6v9a1.5 1.5 0 0 1-1.5 1.5H10L5.5 20v-3.5A1.5 1.5 0 0 1 4 15V6a1.5 1.5 0 0 1 1.5-1.5z', 'M8 9h8', 'M8 12.2h5'],
  people: ['M9 4.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z', 'M3.2 19.2a5.8 5.8 0 0 1 11.6 0', 'M15.6 5.2a3 3 0 0 1 0 5.7', 'M17.2 14a5.6 5.6 0 0 1 3.6 5.2'],
  pin: ['M12 21s-7-6-7-11.4a7 7 0 0 1 14 0C19 15 12 21 12 21z', 'M12 7.1a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z'],
  sliders: ['M4 7h8.6', 'M17.4 7H20', 'M4 17h2.6', 'M11.4 17H20', 'M15 4.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z', 'M9 14.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z'],
  leave: ['M14 4H7a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 7 20h7', 'M10.5 12H21', 'M17.3 8.2L21 12l-3.7 3.8'],
  help: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M9.6 9.4a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 2v.2', 'M12 17h.01'],
  ear: ['M6.5 9.5a5.5 5.5 0 0 1 11 0c0 3.4-3.2 4.2-3.7 7A3.2 3.2 0 0 1 8 18', 'M9.6 9.7a2.4 2.4 0 0 1 4.8 0c0 1.4-1.6 1.8-1.9 3.3'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  chevron: ['M7 10l5 5 5-5'],
  back: ['M14.5 6l-6 6 6 6'],
  warning: ['M12 4.2l8.6 15H3.4z', 'M12 10v4', 'M12 16.8h.01'],
  info: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 11v5.5', 'M12 7.8h.01'],
  offline: ['M4 10.5a12 12 0 0 1 4.2-2.6', 'M12 7a12 12 0 0 1 8 3.5', 'M7 13.9a7.6 7.6 0 0 1 3.4-2', 'M14.5 12.3a7.6 7.6 0 0 1 2.5 1.6', 'M12 18h.01', 'M4 3.5l16.5 17'],
  online: ['M4 10.5a12 12 0 0 1 16 0', 'M7 13.9a7.6 7.6 0 0 1 10 0', 'M12 18h.01'],
  refresh: ['M19.5 12a7.5 7.5 0 1 1-2.2-5.3', 'M19.8 3.5v4h-4'],
  walk: ['M13 3.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z', 'M8 12.5l1.2-3.3L12.6 8l2 3 2.9 1', 'M12.6 8l-1.2 6 3 3 .9 4.2', 'M11 15.5L8 21'],
  jump: ['M13 3L5 13.5h6L10 21l8-10.5h-6z'],
  volume: ['M4.5 9.5v5h3.2L12.5 19V5L7.7 9.5z', 'M16 9a4.2 4.2 0 0 1 0 6', 'M18.7 6.3a8 8 0 0 1 0 11.4'],
  block: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M5.7 5.7l12.6 12.6'],
  text: ['M5 5h14', 'M5 9.7h14', 'M5 14.3h9', 'M5 19h6'],
  globe: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M3.3 10h17.4', 'M3.3 15h17.4', 'M12 3c-5 5.3-5 12.7 0 18', 'M12 3c5 5.3 5 12.7 0 18'],
  send: ['M4 12L20.5 4.5 16 20l-4.2-6z', 'M11.8 14L20.5 4.5'],
  search: ['M10.8 4a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6z', 'M16 16l4.5 4.5'],
  keyboard: ['M4.5 6.5h15A1.5 1.5 0 0 1 21 8v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5z', 'M7 10h.01', 'M10.3 10h.01', 'M13.7 10h.01', 'M17 10h.01', 'M8 14h8'],
  speaking: ['M4 10v4', 'M8 7v10', 'M12 4v16', 'M16 8v8', 'M20 10.5v3'],
  more: ['M5.5 12h.01', 'M12 12h.01', 'M18.5 12h.01'],
  play: ['M8 5.5v13l10.5-6.5z'],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof PATHS;

/** Icons that point along the line of reading are mirrored where it runs from right to left. */
const DIRECTIONAL: ReadonlySet<IconName> = new Set<IconName>(['leave', 'back', 'send', 'walk', 'volume', 'text', 'help']);

/** A decorative icon: hidden from assistive technology, so the control around it needs a text or a label. */
export function Icon({ name, class: extra = '' }: { readonly name: IconName; readonly class?: string }) {
  const directional = DIRECTIONAL.has(name) ? ' icon--directional' : '';
  const thick = name === 'more' ? ' icon--dots' : '';
  return (
    <svg class={`icon${directional}${thick} ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {PATHS[name].map((d) => <path key={d} d={d} />)}
    </svg>
  );
}
