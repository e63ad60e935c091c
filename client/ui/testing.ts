import { signal } from '@preact/signals';
import { act } from 'preact/test-utils';
import type { DeviceCheck, VenueActions } from '../app/contracts.ts';
import type { UiDeps } from './deps.ts';

/** One call of an action, as the UI made it. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Dependencies for component tests: every action is written down and does nothing else. */
export function recordingDeps(): { readonly deps: UiDeps; readonly calls: Call[]; readonly micState: { value: DeviceCheck['state']['value'] } } {
  const calls: Call[] = [];
  const record = (name: string) => (...args: unknown[]): unknown => {
    calls.push({ name, args });
    return name === 'volumeOf' ? 1 : undefined;
  };
  const actions = new Proxy({}, { get: (_target, name: string) => record(name) }) as VenueActions;
  const micState = signal<DeviceCheck['state']['value']>('idle');
  const deviceCheck: DeviceCheck = {
    state: micState,
    microphones: signal([]),
    speakers: signal([]),
    level: signal(0),
    start: () => Promise.resolve(void record('start')()),
    playTestSound: () => Promise.resolve(void record('playTestSound')()),
    stop: () => { record('stop')(); },
  };
  return { deps: { actions, deviceCheck, canvasHost: () => undefined }, calls, micState };
}

/** The control whose visible text or label is `name`. @throws Error naming those that are there. */
export function control(root: ParentNode, name: string): HTMLElement {
  const all = [...root.querySelectorAll<HTMLElement>('button, input, select, textarea')];
  const found = all.find((element) => (element.getAttribute('aria-label') ?? element.textContent).trim() === name);
  if (found === undefined) throw new Error(`no control "${name}"; there are: ${all.map((element) => element.getAttribute('aria-label') ?? element.textContent).join(' | ')}`);
  return found;
}

/** Presses a control and lets the UI render. */
export async function press(root: ParentNode, name: string): Promise<void> {
  await act(() => { control(root, name).click(); });
}
