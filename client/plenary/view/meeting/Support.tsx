import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { useSession } from '../context.ts';

/** E-mail addresses and telephone numbers of a text as links. */
function linked(text: string): (string | preact.JSX.Element)[] {
  return text.split(/([\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d ()/-]{5,}\d)/u).map((part, index) => {
    if (index % 2 === 0) return part;
    const address = part.includes('@') ? `mailto:${part}` : `tel:${part.replace(/[^+\d]/gu, '')}`;
    return <a key={part} class="link" href={address} dir="ltr">{part}</a>;
  });
}

/** Whom to ask when the sound or the line fails. */
export function Support() {
  const { state } = useSession();
  const { support } = state.meeting;
  return (
    <div class="note note--info support">
      <Icon name="life" />
      <div class="note__body">
        <p class="note__title">{t('plenary.support.title')}</p>
        <p>{support === '' ? t('problem.contact') : linked(support)}</p>
      </div>
    </div>
  );
}
