import type { Booth } from '../../../shared/protocol/plenary/booths.ts';
import { BOOTH_MAX_MEMBERS } from '../../../shared/protocol/plenary/vocabulary.ts';
import { Button } from '../../ui/components/Button.tsx';
import { formatList } from '../../ui/format.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { useSession } from '../view/context.ts';
import { Chip } from '../view/parts/Chip.tsx';
import { channelText } from '../view/texts.ts';
import { useDesk } from './desk.ts';

/** "English – Français" */
export function languagesText({ languages }: Booth): string {
  return languages.map(channelText).join(' – ');
}

function BoothCard({ booth }: { readonly booth: Booth }) {
  const desk = useDesk();
  const members = desk.plenary.store.manning.value[booth.id]?.members ?? [];
  const full = members.length >= BOOTH_MAX_MEMBERS;
  const live = members.find((member) => member.live);
  return (
    <li class="booth">
      <div class="booth__text">
        <h3 class="booth__name"><bdi>{booth.name}</bdi></h3>
        <p class="native-names">{languagesText(booth)}</p>
        <p class="booth__people">
          {members.length === 0 ? t('plenary.console.booth.empty') : formatList(members.map(({ name }) => name), shownLanguage.value)}
          {live !== undefined && <Chip tone="bad" icon="mic">{t('plenary.console.onAir')}</Chip>}
        </p>
      </div>
      <Button tone="primary" icon="headphones" disabled={full} label={`${t('plenary.console.booth.enter')}: ${booth.name}`} onClick={() => { desk.enter(booth.id); }}>{t('plenary.console.booth.enter')}</Button>
      {full && <p class="field__hint">{t('reason.BOOTH_FULL')}</p>}
    </li>
  );
}

/** Which booths there are, who sits in them, and the way in. */
export function Booths() {
  const { state } = useSession();
  const booths = Object.values(state.booths);
  return (
    <section class="console console--booths" aria-labelledby="console-booths">
      <h2 id="console-booths" class="console__title">{t('plenary.console.booth.choose')}</h2>
      {booths.length === 0 && <p class="empty">{t('plenary.console.booth.none')}</p>}
      <ul class="booths">{booths.map((booth) => <BoothCard key={booth.id} booth={booth} />)}</ul>
    </section>
  );
}
