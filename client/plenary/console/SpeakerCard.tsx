import { t } from '../../ui/i18n.ts';
import { Documents } from '../view/agenda/Documents.tsx';
import { useSession } from '../view/context.ts';
import { Named } from '../view/parts/Named.tsx';
import { currentItem, nextEntry } from '../view/selectors.ts';
import { ClockLine } from '../view/stage/Clock.tsx';
import { capacityText, channelText } from '../view/texts.ts';

/** Who speaks, in what language and capacity, how long still, on what; and who is next, so that names are ready. */
export function SpeakerCard() {
  const { state } = useSession();
  const { turn } = state.floor;
  const item = currentItem(state);
  const next = nextEntry(state);
  return (
    <section class="console__part" aria-labelledby="console-speaker">
      <h3 id="console-speaker" class="console__name">{t('plenary.stage.hasFloor')}</h3>
      {turn === null ? <p class="empty">{t('plenary.stage.free')}</p> : (
        <>
          <p class="console__speaker"><Named speaker={turn.speaker} /><ClockLine turn={turn} /></p>
          <p class="field__hint">{capacityText(turn, turn.speaker.entity)} · <span class="native-names">{t('plenary.stage.speaks', { language: channelText(turn.language) })}</span></p>
        </>
      )}
      {next !== null && <p class="console__next"><span class="field__hint">{t('plenary.console.next')}</span> <Named speaker={next.speaker} /></p>}
      {item !== null && (
        <>
          <p class="console__item">{t('plenary.stage.item', { number: item.number, title: item.title })}</p>
          <Documents item={item} />
        </>
      )}
    </section>
  );
}
