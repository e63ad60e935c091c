import { useId } from 'preact/hooks';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Channel } from '../../../shared/protocol/plenary/vocabulary.ts';
import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icons.tsx';
import { channelText } from '../view/texts.ts';
import { Level } from './Level.tsx';
import { usePlace } from './desk.ts';

const CHANNELS: readonly Channel[] = ['floor', ...LANGUAGES];

interface ChannelChoiceProps {
  readonly channel: Channel;
  readonly name: string;
}

/** What comes in on a channel now: the language that the speaker speaks, the name of the interpreter, or nobody. */
function ChannelChoice({ channel, name }: ChannelChoiceProps) {
  const { me, desk } = usePlace();
  const { store } = desk.plenary;
  const mine = channel === me.outgoing;
  const turn = store.state.value?.floor.turn ?? null;
  const live = channel !== 'floor' && store.channels.value[channel];
  const interpreter = Object.values(store.manning.value).flatMap(({ members }) => members).find((member) => member.live && member.outgoing === channel);
  const note = channel === 'floor' ? (turn === null ? t('plenary.stage.free') : t('plenary.stage.speaks', { language: channelText(turn.language) })) : mine ? t('plenary.console.incoming.own') : live ? (interpreter?.name ?? t('plenary.channel.live')) : t('plenary.channel.silent');
  return (
    <label class="channel">
      <input class="visually-hidden" type="radio" name={name} value={channel} checked={channel === me.incoming} disabled={mine} onChange={() => { void desk.press({ kind: 'incoming', channel }); }} />
      <span class={`channel__box ${mine ? 'channel__box--own' : ''}`}>
        <span lang={channel === 'floor' ? undefined : channel}>{channelText(channel)}</span>
        <span class={`channel__live ${(live && !mine) || (channel === 'floor' && turn !== null) ? 'channel__live--on' : ''}`}>{note}</span>
      </span>
    </label>
  );
}

/** What one hears: the floor, or another booth on relay; and what to do when it cannot be followed. */
export function Incoming() {
  const { me, desk } = usePlace();
  const name = useId();
  const { fellBack } = desk.plenary.store.audio.value;
  return (
    <section class="console__part" aria-labelledby="console-incoming">
      <h3 id="console-incoming" class="console__name">{t('plenary.console.incoming')}</h3>
      <fieldset class="field">
        <legend class="visually-hidden">{t('plenary.console.incoming.choose')}</legend>
        <div class="channels native-names">{CHANNELS.map((channel) => <ChannelChoice key={channel} channel={channel} name={name} />)}</div>
      </fieldset>
      {fellBack && <p class="listening__fallen"><Icon name="warning" />{t('plenary.channel.fellBack', { channel: channelText(me.incoming) })}</p>}
      <Level of="incoming" label={t('plenary.console.level.incoming')} />
      <div class="button-row">
        <Button icon="pause" onClick={() => { void desk.alert('slower'); }}>{t('plenary.console.alert.slower')}</Button>
        <Button icon="headphonesOff" onClick={() => { void desk.alert('noSound'); }}>{t('plenary.console.alert.noSound')}</Button>
      </div>
      <p class="field__hint">{t('plenary.console.alert.hint')}</p>
    </section>
  );
}
