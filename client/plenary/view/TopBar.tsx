import type { ComponentChildren } from 'preact';
import { changeSettings } from '../../app/settings.ts';
import { IconButton } from '../../ui/components/Button.tsx';
import { LanguageSelect } from '../../ui/components/LanguageMenu.tsx';
import { Brand } from '../../ui/components/Page.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icons.tsx';
import { useSession } from './context.ts';
import { Support } from './meeting/Support.tsx';
import { Chip } from './parts/Chip.tsx';
import { Flyout } from './parts/Flyout.tsx';

const TONES = { planned: 'plain', open: 'good', suspended: 'warn', closed: 'plain' } as const;

/** Which session this is and how it stands; help, language and the way out. `extra`: what the page around it adds. */
export function TopBar({ extra }: { readonly extra?: ComponentChildren }) {
  const { state, plenary } = useSession();
  const { meeting } = state;
  return (
    <header class="plenary-top">
      <Brand />
      <div class="plenary-top__what">
        <h1 class="plenary-top__title" tabIndex={-1}><bdi>{meeting.title}</bdi></h1>
        <p class="plenary-top__marks">
          <Chip tone={TONES[meeting.status]}>{t(`plenary.status.${meeting.status}`)}</Chip>
          {meeting.kind === 'rehearsal' && <Chip tone="warn">{t('plenary.kind.rehearsal')}</Chip>}
          {meeting.closed && <Chip tone="private" icon="lock">{t('plenary.closed.mark')}</Chip>}
          {meeting.recordingSince !== null && <span class="recording" role="img" aria-label={t('plenary.recording.notice')}><span class="recording__dot" />{t('plenary.recording.mark')}</span>}
        </p>
      </div>
      <div class="plenary-top__tools">
        {extra}
        <Flyout class="flyout--down flyout--end" triggerClass="button button--quiet button--normal" trigger={<><Icon name="life" /><span class="button__text plenary-top__word">{t('plenary.support.button')}</span></>} triggerLabel={t('plenary.support.button')} label={t('plenary.support.title')}>
          {(close) => <div class="stack"><Support /><IconButton icon="close" label={t('common.close')} onClick={close} /></div>}
        </Flyout>
        <LanguageSelect onChange={(language) => { changeSettings({ language }); }} />
        <IconButton icon="leave" label={t('plenary.leave')} onClick={() => { plenary.leave(); }} />
      </div>
    </header>
  );
}
