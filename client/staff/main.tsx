/** The secretariat's page at `/staff/`: its own entry, with the components, styles and texts of the venue. */
import { render } from 'preact';
import { suggestLanguage } from '../app/settings.ts';
import { takePass } from '../net/session.ts';
import { startTexts } from '../ui/start-texts.ts';
import { followAppearanceSettings } from '../ui/theme.ts';
import '../ui/styles/index.css';
import './staff.css';
import { StaffApp } from './StaffApp.tsx';
import { StaffDesk } from './desk.ts';
import { DeskContext } from './context.ts';

async function mount(root: HTMLElement): Promise<void> {
  followAppearanceSettings(document.documentElement);
  await startTexts();
  const desk = new StaffDesk(suggestLanguage);
  root.replaceChildren();
  render(<DeskContext.Provider value={desk}><StaffApp /></DeskContext.Provider>, root);
  const enter = (): void => void desk.signIn(takePass());
  // Another pass link opened in this tab.
  addEventListener('hashchange', enter);
  enter();
}

const root = document.getElementById('app');
if (root !== null) mount(root).catch(() => { document.getElementById('boot-failure')?.removeAttribute('hidden'); });
