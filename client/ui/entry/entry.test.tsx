// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MicProblem, PageProblem } from '../../app/contracts.ts';
import { REASONS } from '../../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../../shared/protocol/session.ts';
import { DepsContext } from '../deps.ts';
import type { UiDeps } from '../deps.ts';
import { showLanguage } from '../i18n.ts';
import { control, press, recordingDeps } from '../testing.ts';
import { EntryPage } from './EntryPage.tsx';
import { LeftPage } from './LeftPage.tsx';
import { ProblemPage } from './ProblemPage.tsx';
import type { ComponentChild } from 'preact';

const SESSION: SessionResponse = {
  token: 't', expiresAt: 0,
  person: { id: 'me', name: 'Elena Vasquez', entity: 'Costa Rica', entityType: 'member-state', country: 'cr', role: 'delegate', language: 'en' },
  event: { name: 'Council' }, scene: { id: 'geneva', revision: 'r1' }, alreadyHere: false, appearance: { id: 'sari', skin: 1, hair: 2, garment1: 3, garment2: 4 }, iceServers: [],
};

let root: HTMLElement;

async function shown(deps: UiDeps, child: ComponentChild): Promise<HTMLElement> {
  await act(() => { render(<DepsContext.Provider value={deps}>{child}</DepsContext.Provider>, root); });
  return root;
}

beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network in this test')));
  await showLanguage('en');
});
beforeEach(() => {
  if (root !== undefined) render(null, root);
  root = document.body.appendChild(document.createElement('div'));
});

describe('EntryPage', () => {
  it('enters with the microphone or only listening, in what was worn last', async () => {
    const { deps, calls } = recordingDeps();
    await shown(deps, <EntryPage session={SESSION} askTakeOver={false} />);
    await press(root, 'Enter with microphone');
    await press(root, 'Enter and only listen');
    const enters = calls.filter((call) => call.name === 'enter').map((call) => call.args[0]);
    expect(enters).toEqual([
      { appearance: SESSION.appearance, listenOnly: false, takeOver: false },
      { appearance: SESSION.appearance, listenOnly: true, takeOver: false },
    ]);
  });

  it.each<MicProblem>(['denied', 'none-found', 'in-use', 'unsupported', 'lost'])('lets people in to listen when the microphone is %s', async (problem) => {
    const { deps, calls, micState } = recordingDeps();
    micState.value = { problem };
    await shown(deps, <EntryPage session={SESSION} askTakeOver={false} />);
    expect(root.querySelector('[role="alert"]')?.textContent.length).toBeGreaterThan(40);
    expect(() => control(root, 'Enter with microphone')).toThrow('no control');
    await press(root, 'Enter and only listen');
    expect(calls.at(-1)).toMatchObject({ name: 'enter', args: [{ listenOnly: true }] });
  });

  it('asks before it moves somebody here from another window, and keeps how they wished to enter', async () => {
    const { deps, calls } = recordingDeps();
    await shown(deps, <EntryPage session={{ ...SESSION, alreadyHere: true }} askTakeOver={false} />);
    await press(root, 'Enter with microphone');
    expect(calls.some((call) => call.name === 'enter')).toBe(false);
    await press(root, 'Move here');
    expect(calls.at(-1)).toMatchObject({ name: 'enter', args: [{ listenOnly: false, takeOver: true }] });
  });

  it('stays on the page when the person would rather stay there', async () => {
    const { deps, calls } = recordingDeps();
    await shown(deps, <EntryPage session={SESSION} askTakeOver />);
    await press(root, 'Stay there');
    expect(root.querySelector('dialog')).toBeNull();
    expect(calls.some((call) => call.name === 'enter')).toBe(false);
  });
});

describe('pages about problems', () => {
  it('say for every reason what happened, and offer a second try or whom to ask', async () => {
    const { deps } = recordingDeps();
    const reasons: readonly PageProblem[] = [...REASONS, 'UNREACHABLE'];
    for (const reason of reasons) {
      await shown(deps, <ProblemPage key={reason} reason={reason} />);
      expect(root.querySelector('h1')?.textContent, reason).toMatch(/\w+ \w+/);
      expect(root.querySelector('.lead')?.textContent, reason).not.toContain('reason.');
      const retry = root.querySelector('.actions button') !== null;
      expect(retry || root.textContent.includes('secretariat'), reason).toBe(true);
    }
  });

  it('start over on request', async () => {
    const { deps, calls } = recordingDeps();
    await shown(deps, <ProblemPage reason="UNREACHABLE" />);
    await press(root, 'Try again');
    await shown(deps, <LeftPage reason={null} />);
    await press(root, 'Enter again');
    expect(calls.map((call) => call.name)).toEqual(['startOver', 'startOver']);
  });

  it('do not invite back whoever was removed', async () => {
    const { deps } = recordingDeps();
    await shown(deps, <LeftPage reason="REMOVED" />);
    expect(root.querySelector('.actions')).toBeNull();
  });
});
