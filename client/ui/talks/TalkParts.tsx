import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { directStatus } from '../../app/talks/direct-status.ts';
import { sealStatus } from '../../app/talks/seal-status.ts';
import { announce } from '../announcer.tsx';
import { t } from '../i18n.ts';
import { createPart } from '../part.tsx';
import { openPanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';

const part = createPart(() => import('./talk-ui.ts'));

/** Says at once, whatever the settings are, that one is in private, or in public again: nobody may be mistaken about it. */
export function usePrivacyAnnouncements(): void {
  useEffect(() => {
    let inside = false;
    return effect(() => {
      const now = store.talk.value !== null;
      if (now !== inside) announce(t(now ? 'talk.entered' : 'talk.public'), 'assertive');
      inside = now;
    });
  }, []);
}

/** See `TalkBar`: at the top. */
export function TalkTop() {
  const wanted = store.talk.value !== null || store.whisper.value.to !== '' || store.whisper.value.from.length > 0;
  const ui = part.use(wanted);
  return ui === null || !wanted ? null : <><ui.TalkBar /><ui.ScreenView /></>;
}

/** See `TalkQuestions`: at the bottom. */
export function TalkQuestion() {
  const asked = store.talkOffers.value.invitations.some(({ later }) => !later);
  const wanted = asked || sealStatus.value?.held === true || directStatus.value !== null || (store.talk.value?.knocking.length ?? 0) > 0 || store.person.value !== null;
  const ui = part.use(wanted);
  return ui === null || !wanted ? null : <ui.TalkQuestions />;
}

export function TalkPanel() {
  const ui = part.use(openPanel.value === 'talk');
  return ui === null ? <Panel name="talk" title={t('talk.title')}><part.Missing /></Panel> : <ui.TalkPanel />;
}
