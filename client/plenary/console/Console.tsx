import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { languagesText } from './Booths.tsx';
import { BoothChat } from './BoothChat.tsx';
import { Incoming } from './Incoming.tsx';
import { Colleagues } from './Colleagues.tsx';
import { HandOverBar } from './HandOver.tsx';
import { Headphones } from './Headphones.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { Outgoing } from './Outgoing.tsx';
import { SoundChecks } from './SoundChecks.tsx';
import { SpeakerCard } from './SpeakerCard.tsx';
import { usePlace } from './desk.ts';

function Head() {
  const { booth, me, desk } = usePlace();
  const heading = useRef<HTMLHeadingElement>(null);
  // The button by which one came in is gone.
  useLayoutEffect(() => { heading.current?.focus({ preventScroll: true }); }, []);
  return (
    <header class="console__head">
      <h2 class="console__title" id="console-title" tabIndex={-1} ref={heading}><bdi>{booth.name}</bdi></h2>
      <p class="console__languages native-names">{languagesText(booth)}</p>
      <Button size="small" icon="leave" disabled={me.live} onClick={() => { void desk.press({ kind: 'leave' }); }}>{t('plenary.console.booth.leave')}</Button>
    </header>
  );
}

/** The console of a booth: what is needed at every moment first, then what is set up before. */
export function Console() {
  return (
    <section class="console" aria-labelledby="console-title">
      <Head />
      <HandOverBar />
      <div class="console__desk">
        <div class="console__column"><Outgoing /><Colleagues /></div>
        <div class="console__column"><Incoming /><SpeakerCard /></div>
      </div>
      <div class="console__desk">
        <div class="console__column"><BoothChat /><SoundChecks /></div>
        <div class="console__column"><Headphones /><KeyHelp /></div>
      </div>
    </section>
  );
}
