import { COLOURS, KINDS } from './shapes.ts';
import type { Kind } from './shapes.ts';
import * as state from './state.ts';

const NAMES: Readonly<Record<Kind, string>> = { floor: 'Floor', seats: 'Seats', spaces: 'Spaces', zones: 'Zones', links: 'Ways', sights: 'Sights' };
const TITLES: Readonly<Record<Kind, string>> = {
  floor: 'Navigation mesh; red where no spawn point leads',
  seats: 'Seats and where the sitter looks',
  spaces: 'Acoustic spaces and their openings',
  zones: 'Named zones',
  links: 'Links to other scenes, spawn points and doors',
  sights: 'Places, exhibits, panoramas, activities, booths, docks and sounds',
};

function Toggle(props: { readonly label: string; readonly title: string; readonly shortcut: string; readonly on: boolean; readonly colour?: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="toggle" aria-pressed={props.on} title={`${props.title} (${props.shortcut})`} aria-keyshortcuts={props.shortcut} onClick={props.onClick}>
      {props.colour !== undefined && <svg class="toggle__dot" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill={props.colour} /></svg>}
      <span>{props.label}</span>
      <kbd aria-hidden="true">{props.shortcut}</kbd>
    </button>
  );
}

/** What is drawn over the scene. */
export function Toolbar() {
  const on = state.overlays.value;
  return (
    <div class="bar" role="toolbar" aria-label="Overlays">
      {KINDS.map((kind, i) => {
        const [red, green, blue] = COLOURS[kind];
        return (
          <Toggle
            key={kind} label={NAMES[kind]} title={TITLES[kind]} shortcut={String(i + 1)} on={on.has(kind)}
            colour={`rgb(${red * 255} ${green * 255} ${blue * 255})`} onClick={() => state.toggleOverlay(kind)}
          />
        );
      })}
      <span class="bar__gap" />
      <Toggle label="Names" title="Names of what the overlays show" shortcut="7" on={state.labelsOn.value} onClick={() => { state.labelsOn.value = !state.labelsOn.value; }} />
      <Toggle label="X-ray" title="Overlays through walls" shortcut="8" on={state.throughWalls.value} onClick={() => { state.throughWalls.value = !state.throughWalls.value; }} />
      <Toggle label="Panel" title="Budget, findings and places" shortcut="9" on={state.panelOpen.value} onClick={() => { state.panelOpen.value = !state.panelOpen.value; }} />
    </div>
  );
}

/** Digits, wherever nothing is being typed. @returns a function that ends it */
export function listenForKeys(): () => void {
  const actions: readonly (() => void)[] = [
    ...KINDS.map((kind) => () => state.toggleOverlay(kind)),
    () => { state.labelsOn.value = !state.labelsOn.value; },
    () => { state.throughWalls.value = !state.throughWalls.value; },
    () => { state.panelOpen.value = !state.panelOpen.value; },
  ];
  const onKey = (event: KeyboardEvent): void => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]') !== null;
    if (!state.shortcuts.value || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const action = /^Digit[1-9]$/.test(event.code) ? actions[Number(event.code.slice(5)) - 1] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
