import type { Interpreter } from '../../../shared/protocol/plenary/booths.ts';
import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { Chip } from '../view/parts/Chip.tsx';
import { channelText } from '../view/texts.ts';
import { usePlace } from './desk.ts';

function StateChip({ member }: { readonly member: Interpreter }) {
  if (!member.connected) return <Chip tone="warn" icon="offline">{t('plenary.people.away')}</Chip>;
  if (member.coughing) return <Chip tone="warn" icon="micOff">{t('plenary.console.cough')}</Chip>;
  if (member.live) return <Chip tone="bad" icon="mic">{t('plenary.console.onAir')}</Chip>;
  return <Chip icon="micOff">{t('plenary.console.offAir')}</Chip>;
}

function Colleague({ member }: { readonly member: Interpreter }) {
  const { me, manned, desk } = usePlace();
  const pending = manned.handOver !== null;
  return (
    <li class="colleague">
      <span class="colleague__name"><bdi>{member.name}</bdi></span>
      <StateChip member={member} />
      <span class="field__hint native-names">{t('plenary.console.colleague.channels', { incoming: channelText(member.incoming), outgoing: channelText(member.outgoing) })}</span>
      {member.live && !pending && <Button size="small" icon="hand" onClick={() => { void desk.press({ kind: 'takeOver' }); }}>{t('plenary.console.handOver.ask')}</Button>}
      {me.live && member.connected && !pending && <Button size="small" icon="hand" label={t('plenary.console.handOver.offerTo', { name: member.name })} onClick={() => { void desk.press({ kind: 'handOver', to: member.person }); }}>{t('plenary.console.handOver.offerTo', { name: member.name })}</Button>}
    </li>
  );
}

/** Who else is in the booth, what they do, and the microphone from one to the other. */
export function Colleagues() {
  const { colleagues } = usePlace();
  return (
    <section class="console__part" aria-labelledby="console-colleagues">
      <h3 id="console-colleagues" class="console__name">{t('plenary.console.colleagues')}</h3>
      {colleagues.length === 0 ? <p class="empty">{t('plenary.console.colleagues.none')}</p> : <ul class="plain-list">{colleagues.map((member) => <Colleague key={member.person} member={member} />)}</ul>}
    </section>
  );
}
