/** The page of formal sessions at `/plenary/`: its own entry, without the 3D view. `#pass=...` signs in, `?session=...` goes to a session. */
import { render } from 'preact';
import { suggestLanguage } from '../app/settings.ts';
import { takePass } from '../net/session.ts';
import { startTexts } from '../ui/start-texts.ts';
import { followAppearanceSettings } from '../ui/theme.ts';
import '../ui/styles/index.css';
import { EntranceContext } from './entrance/context.ts';
import { Entrance } from './entrance/desk.ts';
import { PlenaryPage } from './entrance/PlenaryPage.tsx';

declare global {
  interface Window {
    /** With `?diagnostics`: for support staff and tests. */
    plenaryEntrance?: Entrance;
  }
}

async function mount(root: HTMLElement): Promise<void> {
  followAppearanceSettings(document.documentElement);
  await startTexts();
  const query = new URLSearchParams(location.search);
  const entrance = new Entrance(suggestLanguage);
  if (query.has('diagnostics')) window.plenaryEntrance = entrance;
  root.replaceChildren();
  render(<EntranceContext.Provider value={entrance}><PlenaryPage /></EntranceContext.Provider>, root);
  const enter = (): void => void entrance.signIn(takePass(), query.get('session') ?? '');
  // Another pass link opened in this tab.
  addEventListener('hashchange', enter);
  enter();
}

const root = document.getElementById('app');
if (root !== null) mount(root).catch(() => { document.getElementById('boot-failure')?.removeAttribute('hidden'); });
