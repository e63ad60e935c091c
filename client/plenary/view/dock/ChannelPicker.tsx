import { useId } from 'preact/hooks';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Channel } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { Slider } from '../../../ui/components/fields.tsx';
import { formatPercent } from '../../../ui/format.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { useSession } from '../context.ts';
import { Flyout } from '../parts/Flyout.tsx';
import { channelText } from '../texts.ts';

const CHANNELS: readonly Channel[] = ['floor', ...LANGUAGES];

function ChannelList() {
  const { plenary } = useSession();
  const name = useId();
  const chosen = plenary.store.listening.value.channel;
  const live = plenary.store.channels.value;
  return (
    <fieldset class="field">
      <legend class="field__label">{t('plenary.channel.title')}</legend>
      <div class="channels native-names">
        {CHANNELS.map((channel) => {
          const spoken = channel === 'floor' || live[channel];
          return (
            <label key={channel} class="channel">
              <input class="visually-hidden" type="radio" name={name} value={channel} checked={channel === chosen} onChange={() => { plenary.listen({ channel }); }} />
              <span class="channel__box">
                <span lang={channel === 'floor' ? undefined : channel}>{channelText(channel)}</span>
                <span class={`channel__live ${spoken ? 'channel__live--on' : ''}`}>{spoken ? (channel === 'floor' ? t('plenary.channel.original') : t('plenary.channel.live')) : t('plenary.channel.silent')}</span>
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** What one listens to, and how much of the floor beneath it. */
export function ChannelPicker() {
  const { plenary } = useSession();
  const { channel, under } = plenary.store.listening.value;
  const { fellBack } = plenary.store.audio.value;
  return (
    <div class="listening">
      <Flyout
        class="flyout--end"
        triggerClass="button button--plain button--normal"
        trigger={<><Icon name="headphones" /><span class="button__text"><span class="visually-hidden">{t('plenary.channel.title')}: </span>{channelText(channel)}</span><Icon name="up" /></>}
        label={t('plenary.channel.title')}
      >
        {() => (
          <div class="stack">
            <ChannelList />
            <Slider label={t('plenary.channel.under')} value={under} max={1} valueText={formatPercent(under, shownLanguage.value)} onInput={(value) => { plenary.listen({ under: value }); }} />
            <p class="field__hint">{t('plenary.channel.underHint')}</p>
          </div>
        )}
      </Flyout>
      {fellBack && <p class="listening__fallen"><Icon name="warning" />{t('plenary.channel.fellBack', { channel: channelText(channel) })}</p>}
    </div>
  );
}
